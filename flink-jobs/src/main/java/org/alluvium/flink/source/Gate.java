package org.alluvium.flink.source;

/** Decides when the next record of a source may be read. Called by the reader's thread only. */
interface Gate {

    /** Lets everything pass. */
    Gate OPEN = source -> 0;

    /** Nanoseconds until the source's next record may be read; 0 if it may be now. */
    long waitNanos(String source);
}
