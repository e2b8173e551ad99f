package org.alluvium.dashboard.index;

/** Records in the order of their hashes, unsigned. */
interface Run {

    long records();

    long hash(long record);

    long value(long record);
}
