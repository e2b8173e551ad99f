package org.alluvium.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** From a reader: the split has been read as far as it says. Repeated until {@link FinishAcknowledged}. */
record SplitFinished(FileSplit split) implements SourceEvent {}
