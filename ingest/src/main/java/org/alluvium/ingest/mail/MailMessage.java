package org.alluvium.ingest.mail;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message of the Internet Message Format, with MIME (RFC 5322, RFC 2045 to 2049, 2231, 3676), as lenient as mailers
 * are sloppy.
 *
 * <ul>
 *   <li>Of alternatives the plain one is read, or else the HTML one; other parts one after the other, those of enclosed
 *       messages too. Attachments and what is not text are passed over.
 *   <li>Characters are decoded by the declared charset where that can be, otherwise as UTF-8, otherwise as windows-1252.
 *   <li>Flowed lines are joined. Quotations and signatures stay.
 * </ul>
 *
 * @param messageId without its angle brackets
 * @param subject decoded, on one line
 * @param dateMillis of the date field, milliseconds since the epoch, if it can be understood
 * @param language the first tag of the language field
 * @param text of all parts that were read; blank if there are none
 */
public record MailMessage(
        Optional<String> messageId,
        Optional<String> subject,
        OptionalLong dateMillis,
        Optional<String> language,
        String text) {

    /**
     * Reads the bytes of one message; a line that begins with {@code "From "} before it, as in a mailbox, is passed over.
     *
     * @throws NotMailException if they do not begin with the header of a message
     */
    public static MailMessage parse(byte[] message) throws NotMailException {
        return new MailReader().read(message);
    }

    /**
     * A message as it was before a mailbox quoted it: lines that begin with one or more {@code >} and {@code "From "} lose
     * the first of them. Older mailboxes quote only the lines that have none yet, and mean the same but for those.
     */
    public static byte[] unquoted(byte[] message) {
        return MboxQuoting.undo(message);
    }
}
