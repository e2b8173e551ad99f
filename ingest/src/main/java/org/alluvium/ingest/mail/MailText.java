package org.alluvium.ingest.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.Collectors;
import org.alluvium.ingest.html.HtmlText;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;

/**
 * What a part of a message says.
 *
 * @param isPlain whether it was written as plain text
 */
record MailText(String text, boolean isPlain) {

    /** Nothing. */
    static final MailText NONE = new MailText("", true);

    private static final Charset FALLBACK = Charset.forName("windows-1252");

    /** The text of a part by its type; empty for types of text that are not for reading. */
    static MailText of(MaximalBodyDescriptor body, byte[] bytes) {
        String text = decode(bytes, body.getCharset());
        return switch (body.getSubType()) {
            case "html" -> new MailText(HtmlText.visibleText(text), false);
            case "plain" ->
                new MailText(
                        hasParameter(body, "format", "flowed")
                                ? FlowedText.join(text, hasParameter(body, "delsp", "yes"))
                                : text,
                        true);
            default -> NONE;
        };
    }

    private static boolean hasParameter(MaximalBodyDescriptor body, String parameter, String value) {
        return value.equalsIgnoreCase(body.getContentTypeParameters().get(parameter));
    }

    /** Texts one after the other, with an empty line between two. */
    static MailText joined(List<MailText> texts) {
        return new MailText(
                texts.stream()
                        .map(MailText::text)
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining("\n\n")),
                texts.stream().allMatch(MailText::isPlain));
    }

    boolean isBlank() {
        return text.isBlank();
    }

    private static String decode(byte[] bytes, String charset) {
        try {
            return strictly(bytes, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | CharacterCodingException mislabelled) {
            return decodeUnlabelled(bytes);
        }
    }

    private static String decodeUnlabelled(byte[] bytes) {
        try {
            return strictly(bytes, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, FALLBACK);
        }
    }

    private static String strictly(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
