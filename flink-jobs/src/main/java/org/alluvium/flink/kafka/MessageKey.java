package org.alluvium.flink.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.alluvium.ingest.avro.AvroBody;
import org.alluvium.ingest.avro.MalformedMessageException;

/** Keys as ids: a document and its tombstone have equal keys, and so equal ids. */
final class MessageKey {

    /** Zero byte and number of the schema, as {@link org.alluvium.ingest.avro.AvroFraming} says. */
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private MessageKey() {}

    /**
     * The key as text: its UTF-8 characters, otherwise its bytes as hexadecimal digits.
     *
     * @param framed whether a key that is an Avro string in the wire format of a schema registry is that string
     */
    static String text(byte[] key, boolean framed) {
        return (framed ? framedString(key) : Optional.<String>empty())
                .or(() -> utf8(key))
                .orElseGet(() -> HexFormat.of().formatHex(key));
    }

    /** The number of the key's schema is not asked for: nothing but a string has the string's length in front. */
    private static Optional<String> framedString(byte[] key) {
        if (key.length <= FRAME_BYTES || key[0] != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(AvroBody.readString(key, FRAME_BYTES));
        } catch (MalformedMessageException anotherType) {
            return Optional.empty();
        }
    }

    private static Optional<String> utf8(byte[] key) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            return Optional.of(text).filter(valid -> valid.indexOf('\0') < 0);
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
