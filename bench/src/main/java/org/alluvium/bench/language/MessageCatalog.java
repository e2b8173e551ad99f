package org.alluvium.bench.language;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a program and what they are in another language, from a file of GNU gettext ({@code .mo}): a magic number,
 * revision, number of messages, and where the tables of originals and translations are, each a list of length and offset.
 */
final class MessageCatalog {

    private static final int MAGIC = 0x950412DE;
    private static final int HEADER_BYTES = 28;

    /** Stands between the context of a message and the message. */
    private static final char END_OF_CONTEXT = '\u0004';

    private MessageCatalog() {}

    /** A message in its first form, that of one thing, where it has several. */
    record Message(String original, String translation) {}

    /** The messages of a file; none if it is not such a file. */
    static List<Message> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Message> messages = new ArrayList<>();
        if (bytes.capacity() < HEADER_BYTES || bytes.getInt(0) != MAGIC) {
            return messages;
        }
        int count = bytes.getInt(8);
        int originals = bytes.getInt(12);
        int translations = bytes.getInt(16);
        for (int i = 1; i < count; i++) { // the first is about the file itself
            String original = text(bytes, originals + 8 * i);
            String translation = text(bytes, translations + 8 * i);
            messages.add(new Message(original.substring(original.indexOf(END_OF_CONTEXT) + 1), translation));
        }
        return messages;
    }

    private static String text(ByteBuffer bytes, int entry) {
        byte[] text = new byte[bytes.getInt(entry)];
        bytes.get(bytes.getInt(entry + 4), text);
        String forms = new String(text, StandardCharsets.UTF_8);
        int end = forms.indexOf('\0');
        return end < 0 ? forms : forms.substring(0, end);
    }
}
