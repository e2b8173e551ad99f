/**
 * The source of the ingest job: folders of files, read in one total order that a replay repeats. {@link
 * org.alluvium.flink.source.SplitCatalog} decides, the enumerator and the readers are thin shells around it and around the
 * file reader of {@code org.alluvium.ingest.file}.
 */
package org.alluvium.flink.source;
