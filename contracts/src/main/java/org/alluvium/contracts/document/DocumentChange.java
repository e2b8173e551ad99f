package org.alluvium.contracts.document;

import java.util.Objects;
import java.util.Optional;

/**
 * The version of a document that was in the corpus is no longer the document. Its row stays in its shard, which never
 * changes. What holds after a log entry is told by the last change of the document in it: of all rows with this source and
 * id in this entry and those before, the one at {@link #origin} if it was superseded, and none if it was deleted.
 *
 * <p>Changes of one document are in one file of an entry, in the order in which they happened. A newer version whose text
 * another document has brought before has no row, like every duplicate.
 *
 * @param source short name of the document's source, within which its id is unique
 * @param id of the document
 * @param kind whether a newer version has taken its place, or nothing has
 * @param withdrawn content hash of the version that is withdrawn; absent if ingest does not remember it any more, or never
 *     saw one
 * @param origin place of the record that says so: the newer version, or the order to delete
 * @param timeMillis event time of that record, in milliseconds since the epoch
 */
public record DocumentChange(
        String source, String id, Kind kind, Optional<ContentHash> withdrawn, String origin, long timeMillis) {

    /** Why a version is withdrawn. */
    public enum Kind {
        SUPERSEDED,
        DELETED
    }

    public DocumentChange {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(withdrawn, "withdrawn");
        Objects.requireNonNull(origin, "origin");
    }

    /** The same change of the given version. */
    public DocumentChange of(ContentHash version) {
        return new DocumentChange(source, id, kind, Optional.of(version), origin, timeMillis);
    }
}
