package org.alluvium.ingest.html;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of encodings as the web uses them: an old name stands for the largest encoding that grew out of it, because that is
 * what is written under that name.
 */
final class CharsetLabel {

    private static final String LATIN_1 = "windows-1252";
    private static final String TURKISH = "windows-1254";
    private static final String THAI = "x-windows-874";
    private static final String CHINESE = "GB18030";
    private static final String TAIWANESE = "Big5-HKSCS";
    private static final String JAPANESE = "windows-31j";
    private static final String KOREAN = "x-windows-949";

    private static final Map<String, String> SUCCESSORS = Map.ofEntries(
            Map.entry("us-ascii", LATIN_1),
            Map.entry("iso-8859-1", LATIN_1),
            Map.entry("iso-8859-9", TURKISH),
            Map.entry("tis-620", THAI),
            Map.entry("x-iso-8859-11", THAI),
            Map.entry("windows-874", THAI),
            Map.entry("gb2312", CHINESE),
            Map.entry("gbk", CHINESE),
            Map.entry("big5", TAIWANESE),
            Map.entry("shift_jis", JAPANESE),
            Map.entry("euc-kr", KOREAN),
            Map.entry("ks_c_5601-1987", KOREAN));

    private CharsetLabel() {}

    /** The encoding of that name, if this JDK has it. */
    static Optional<Charset> charset(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        return lookUp(SUCCESSORS.getOrDefault(name, name)).map(charset -> {
            // The JDK knows more names of the same old encodings, such as latin1.
            String successor = SUCCESSORS.get(charset.name().toLowerCase(Locale.ROOT));
            return successor == null ? charset : lookUp(successor).orElse(charset);
        });
    }

    private static Optional<Charset> lookUp(String name) {
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }
}
