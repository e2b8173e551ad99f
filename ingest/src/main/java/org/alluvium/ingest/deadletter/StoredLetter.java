package org.alluvium.ingest.deadletter;

import java.time.Instant;
import java.util.Optional;
import org.alluvium.ingest.record.DeadLetter;

/**
 * A dead letter that the log names.
 *
 * @param refusedAt when the log entry that published it was created
 */
public record StoredLetter(LetterId id, Instant refusedAt, DeadLetter letter) {

    /** Why the letter cannot be fed back, and what to do instead; empty if it can be. */
    public Optional<String> obstacle() {
        if (letter.isWhole()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (letter.reason()) {
                    case LINE_TOO_LONG ->
                        "only the beginning of the record was kept; raise ingest.maxLineBytes, and have it read again:"
                                + " a file by a new name, a message by sending it once more";
                    case FILE_UNREADABLE, FILE_MISSING, FILE_DAMAGED, FILE_CHANGED ->
                        "it stands for what could not be read of a file; mend the file, and give it a new name to have"
                                + " it read again";
                    default -> "not all of the record was kept; give its file a new name to have it read again";
                });
    }
}
