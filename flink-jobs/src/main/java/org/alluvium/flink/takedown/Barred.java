package org.alluvium.flink.takedown;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.reject.Reject;

/** Which records belong to documents that are out of the corpus. Pure. */
public final class Barred {

    private static final ContentHash NO_HASH = new ContentHash(0, 0);

    private Barred() {}

    /** Whether what a stream brings belongs to one. */
    public static boolean by(TakenOut out, Outcome outcome) {
        if (out.isNothing()) {
            return false;
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            return by(out, accepted.row());
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return by(out, rejected.reject());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return by(out, refused.letter());
        }
        return outcome instanceof Outcome.Withdrawal withdrawal && by(out, withdrawal.change());
    }

    /** Whether a row does. */
    public static boolean by(TakenOut out, ShardRow row) {
        return !row.isHole() && out.has(row.documentId(), row.source(), row.url(), row.contentHash());
    }

    /** Whether what is known of a document by its id and source alone does. */
    static boolean byName(TakenOut out, String id, String source) {
        return out.has(id, source, Optional.empty(), NO_HASH);
    }

    /** Whether a reject does. */
    public static boolean by(TakenOut out, Reject reject) {
        Document document = reject.document();
        return out.has(document.id(), document.source(), document.url(), reject.hash());
    }

    /** Whether a change does: it has no address. */
    public static boolean by(TakenOut out, DocumentChange change) {
        return out.has(
                change.id(),
                change.source(),
                Optional.empty(),
                change.withdrawn().orElse(NO_HASH));
    }

    /**
     * Whether a dead letter does. It is a record that could not be read, so what can be told is its source and its key; and
     * an id or an address that stands in its bytes is taken for its own, as the safer of two mistakes. Its text has no hash.
     */
    public static boolean by(TakenOut out, DeadLetter letter) {
        return byName(out, letter.key().orElse(""), letter.source())
                || out.selectors().stream().anyMatch(selector -> mentions(letter, selector));
    }

    private static boolean mentions(DeadLetter letter, Selector selector) {
        if (selector instanceof Selector.Id id) {
            return id.source().map(letter.source()::equals).orElse(true) && contain(letter.bytes(), id.id());
        }
        return selector instanceof Selector.UrlPrefix url && contain(letter.bytes(), url.prefix());
    }

    private static boolean contain(byte[] bytes, String text) {
        // ISO-8859-1 keeps one character per byte, so the search is one for bytes.
        String sought = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return !sought.isEmpty() && new String(bytes, StandardCharsets.ISO_8859_1).contains(sought);
    }
}
