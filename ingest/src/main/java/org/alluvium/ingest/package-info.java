/** ingest. */
package org.alluvium.ingest;
