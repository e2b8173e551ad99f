package org.alluvium.ingest.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.ingest.mail.MailMessage;
import org.alluvium.ingest.mail.NotMailException;

/**
 * A mail message, from a mailbox or by itself. The event time is its date; subject and message id are the attributes {@code
 * title} and {@code messageId}. A message in which nothing is to be read, but pictures, say, is skipped.
 *
 * <p>The message id is not the document's: copies of a message that differ, as lists make them, share it.
 */
final class MailFormat implements DocumentFormat {

    private final boolean unquoting;

    private MailFormat(boolean unquoting) {
        this.unquoting = unquoting;
    }

    /** A message as it was sent. */
    static MailFormat single() {
        return new MailFormat(false);
    }

    /** A message as a mailbox holds it: lines that look like separators have been quoted. */
    static MailFormat inMailbox() {
        return new MailFormat(true);
    }

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        MailMessage message = message(content.bytes());
        if (message.text().isBlank()) {
            return new Reading.Skip(SkipReason.NOT_TEXT);
        }
        Map<String, String> attributes = new HashMap<>();
        message.subject().ifPresent(subject -> attributes.put("title", Utf8.replaceLoneSurrogates(subject)));
        message.messageId().ifPresent(id -> attributes.put("messageId", Utf8.replaceLoneSurrogates(id)));
        return new Reading.DocumentFields(
                Optional.empty(),
                Optional.empty(),
                Utf8.replaceLoneSurrogates(message.text()),
                message.dateMillis(),
                message.language(),
                attributes);
    }

    private MailMessage message(byte[] bytes) throws RefusedException {
        try {
            return MailMessage.parse(unquoting ? MailMessage.unquoted(bytes) : bytes);
        } catch (NotMailException notMail) {
            throw new RefusedException(DeadLetterReason.NOT_MAIL, notMail.getMessage());
        }
    }
}
