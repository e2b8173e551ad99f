/**
 * Rows of Parquet files as JSON. Without Hadoop's file systems and codecs: a file is a channel, and pages are decompressed by
 * the libraries that do so elsewhere.
 */
package org.alluvium.ingest.parquet;
