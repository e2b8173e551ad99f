/**
 * How the content of a file falls into records: scanners that cut bytes, and know nothing of what a record means. A format
 * brings one {@link org.alluvium.ingest.frame.Framing}; the reader of files does the rest.
 */
package org.alluvium.ingest.frame;
