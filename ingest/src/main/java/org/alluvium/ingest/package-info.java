/** From bytes in files to documents, without any engine. The packages below are pure functions and plain readers. */
package org.alluvium.ingest;
