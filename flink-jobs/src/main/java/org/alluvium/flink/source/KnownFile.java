package org.alluvium.flink.source;

import java.util.OptionalLong;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;

/**
 * What is remembered of a file.
 *
 * @param file as it was when its last split was made
 * @param progress how far it had been read before that split or, once the split is finished, after it
 * @param split sequence of the split that is to be read or being read; a file never has two
 */
record KnownFile(FileRef file, ReadProgress progress, OptionalLong split) {}
