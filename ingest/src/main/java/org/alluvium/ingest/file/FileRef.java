package org.alluvium.ingest.file;

import java.io.Serializable;

/**
 * One state of one file, as it was when it was found.
 *
 * @param source short name of the source that the file belongs to
 * @param path relative to the source's folder, names separated by '/'
 * @param sizeBytes its length
 * @param modifiedMillis when it was last changed, in milliseconds since the epoch
 */
public record FileRef(String source, String path, long sizeBytes, long modifiedMillis) implements Serializable {

    /** Whether both are the same path of the same source, in whatever state. */
    public boolean isSameFile(FileRef other) {
        return path.equals(other.path) && source.equals(other.source);
    }
}
