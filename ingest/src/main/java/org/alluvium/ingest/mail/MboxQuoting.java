package org.alluvium.ingest.mail;

import java.io.ByteArrayOutputStream;

/** How a mailbox tells lines of a message from the lines that separate messages. */
final class MboxQuoting {

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private MboxQuoting() {}

    /** The bytes with one quotation mark less before each line that was quoted; the same array if none was. */
    static byte[] undo(byte[] message) {
        ByteArrayOutputStream out = null;
        int copied = 0;
        for (int i = 0; i < message.length; i++) {
            if (message[i] == '>' && (i == 0 || message[i - 1] == '\n') && isQuoted(message, i)) {
                out = out == null ? new ByteArrayOutputStream(message.length) : out;
                out.write(message, copied, i - copied);
                copied = i + 1;
            }
        }
        if (out == null) {
            return message;
        }
        out.write(message, copied, message.length - copied);
        return out.toByteArray();
    }

    private static boolean isQuoted(byte[] message, int mark) {
        int at = mark;
        while (at < message.length && message[at] == '>') {
            at++;
        }
        if (message.length - at < FROM.length) {
            return false;
        }
        for (int i = 0; i < FROM.length; i++) {
            if (message[at + i] != FROM[i]) {
                return false;
            }
        }
        return true;
    }
}
