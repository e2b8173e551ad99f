/**
 * Keeps records in a folder of JSON lines that a source reads and empties. Many requests share one fsync; what was
 * acknowledged survives {@code kill -9} and a power cut.
 */
package org.alluvium.gateway.spool;
