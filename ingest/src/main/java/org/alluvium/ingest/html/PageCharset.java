package org.alluvium.ingest.html;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The encoding of a page, by the first of these that fits all of its bytes:
 *
 * <ol>
 *   <li>its byte order mark,
 *   <li>UTF-8, if it has characters that are not ASCII: bytes of other encodings are hardly ever UTF-8 by chance, while pages
 *       in UTF-8 that are declared otherwise are common,
 *   <li>what the server declares,
 *   <li>what the page declares in its first {@value #DECLARATION_BYTES} bytes,
 *   <li>what its bytes look like, by juniversalchardet.
 * </ol>
 *
 * If none fits, the declared one, or windows-1252, with U+FFFD in place of what is malformed. The Encoding Standard of the
 * WHATWG, whose names of encodings are used, has no second point and does not ask whether an encoding fits.
 *
 * @see <a href="https://encoding.spec.whatwg.org/">Encoding Standard</a>
 */
public final class PageCharset {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<Charset> MARKED =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private static final int DECLARATION_BYTES = 4096;

    /** Bytes that are looked at to guess; more would not make the guess better. */
    private static final int DETECTION_BYTES = 256 * 1024;

    private static final Pattern DECLARATION = Pattern.compile(
            "<meta\\b[^>]{0,200}?\\bcharset\\s{0,5}=\\s{0,5}[\"']?\\s{0,5}([\\w:.-]{2,40})"
                    + "|<\\?xml\\b[^>]{0,100}?\\bencoding\\s{0,5}=\\s{0,5}[\"']([\\w:.-]{2,40})",
            Pattern.CASE_INSENSITIVE);

    private PageCharset() {}

    /** The characters of a page, without a byte order mark. */
    public static String decode(byte[] page, Optional<String> declared) {
        for (Charset charset : MARKED) {
            byte[] mark = BYTE_ORDER_MARK.getBytes(charset);
            if (page.length >= mark.length && Arrays.equals(page, 0, mark.length, mark, 0, mark.length)) {
                return new String(page, mark.length, page.length - mark.length, charset);
            }
        }
        Optional<String> utf8 = decode(page, StandardCharsets.UTF_8);
        if (utf8.isPresent() && utf8.get().length() < page.length) {
            return utf8.get();
        }
        Optional<Charset> server = declared.flatMap(CharsetLabel::charset);
        Optional<Charset> own = ownDeclaration(page);
        return server.flatMap(charset -> decode(page, charset))
                .or(() -> own.flatMap(charset -> decode(page, charset)))
                .or(() -> utf8)
                .or(() -> detected(page).flatMap(charset -> decode(page, charset)))
                .orElseGet(() -> new String(page, server.or(() -> own).orElse(WINDOWS_1252)));
    }

    private static Optional<String> decode(byte[] page, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(page)).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> ownDeclaration(byte[] page) {
        int length = Math.min(page.length, DECLARATION_BYTES);
        Matcher declaration = DECLARATION.matcher(new String(page, 0, length, StandardCharsets.ISO_8859_1));
        if (!declaration.find()) {
            return Optional.empty();
        }
        String label = declaration.group(1) == null ? declaration.group(2) : declaration.group(1);
        // Whoever could read the declaration as ASCII did not read UTF-16.
        return CharsetLabel.charset(label)
                .map(charset -> charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset);
    }

    private static Optional<Charset> detected(byte[] page) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(page, 0, Math.min(page.length, DETECTION_BYTES));
        detector.dataEnd();
        return Optional.ofNullable(detector.getDetectedCharset()).flatMap(CharsetLabel::charset);
    }
}
