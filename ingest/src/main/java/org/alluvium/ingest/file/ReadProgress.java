package org.alluvium.ingest.file;

import java.io.Serializable;

/**
 * How far a file, or a range of it, has been read: behind the last record that was emitted, and never inside one.
 *
 * @param offset bytes of the file's content, uncompressed, or rows, that are behind
 * @param records records that are behind; where it is 0 in a range, the offset says nothing
 * @param seen what the file looked like up to there, to tell later whether it is still the same
 * @param status whether there is more to read
 */
public record ReadProgress(long offset, long records, Fingerprint seen, Status status) implements Serializable {

    /** Nothing of the file has been read. */
    public static final ReadProgress START = new ReadProgress(0, 0, Fingerprint.NONE, Status.OPEN);

    /** Whether there is more to read. The order is part of the state's format. */
    public enum Status {
        /** Not everything that was there when the file was found has been read. */
        OPEN,
        /** Everything that was there when the file was found has been read; it may have grown since. */
        FINISHED,
        /** The file was refused with a dead letter; it is not looked at again as long as it exists. */
        REFUSED
    }

    /** The same position with another status. */
    public ReadProgress withStatus(Status newStatus) {
        return new ReadProgress(offset, records, seen, newStatus);
    }
}
