package org.alluvium.dashboard.lineage;

import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.index.HashIndex;
import org.alluvium.dashboard.index.NameHash;
import org.alluvium.dashboard.lineage.CorpusIndex.Kind;
import org.alluvium.dashboard.lineage.CorpusIndex.Place;

/**
 * Which files the records of an index lie in. Records are numbered through all files, in the order of the log; a file is four notes
 * of the index: the number of its first record, the log entry, what kind of file it is with its place among those of the entry, and the hash of its
 * path. Immutable.
 */
final class FileTable {

    private static final int WORDS = 4;
    private static final int KIND_SHIFT = 40;
    private static final long UNREAD = 1L << 62;

    private final long[] notes;

    FileTable(HashIndex index) {
        notes = index.notes();
    }

    /** Notes a file whose records are about to be numbered. */
    static void note(HashIndex index, long first, Place place, String path, boolean unread) {
        RowPlace at = place.at();
        long kind = (long) place.kind().code() << KIND_SHIFT | at.shard() | (unread ? UNREAD : 0);
        index.note(first, at.entry(), kind, NameHash.of(path));
    }

    int files() {
        return notes.length / WORDS;
    }

    long first(int file) {
        return notes[WORDS * file];
    }

    /** The log entry that names a file. */
    long entry(int file) {
        return notes[WORDS * file + 1];
    }

    Kind kind(int file) {
        return Kind.of((int) ((notes[WORDS * file + 2] & ~UNREAD) >>> KIND_SHIFT));
    }

    /** Which of the entry's files of its kind it is. */
    int indexInEntry(int file) {
        return (int) notes[WORDS * file + 2];
    }

    /** Whether it was not there, or damaged, when it was to be read. */
    boolean isUnread(int file) {
        return (notes[WORDS * file + 2] & UNREAD) != 0;
    }

    long pathHash(int file) {
        return notes[WORDS * file + 3];
    }

    /** The file of a record. */
    int fileOf(long record) {
        int low = 0;
        int high = files();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (first(middle) <= record) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where a record is. */
    Place place(long record) {
        int file = fileOf(record);
        return new Place(kind(file), new RowPlace(entry(file), indexInEntry(file), record - first(file)));
    }
}
