package org.alluvium.ingest.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.alluvium.ingest.text.MisreadUtf8.Reread;

/**
 * Text that was GBK or GB 18030 and was read as ISO 8859-1, so that {@code 中文} became {@code ÖÐÎÄ}. It is taken for that if all
 * of it can be decoded, and if
 *
 * <ul>
 *   <li>most of what is beyond ASCII are pairs that mean signs or one of the 3755 common characters of GB 2312, and they are
 *       signs or of several kinds: letters of European text beyond ASCII mostly stand alone, and pair with the ASCII letter
 *       behind them, or are always the same pairs, as {@code ÇÃ}; or
 *   <li>it has sequences of four bytes, which begin with a control character and a digit.
 * </ul>
 */
final class MisreadGb18030 {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int FEWEST_KINDS = 4;
    private static final int FEWEST_SIGNS = 3;
    private static final double LEAST_COMMON_SHARE = 0.8;
    private static final int FIRST_LEAD = 0x81;
    private static final int LAST_LEAD = 0xFE;

    private final String text;
    private final Set<Integer> kinds = new HashSet<>();
    private int common;
    private int signs;
    private int rare;
    private int quadruples;

    private MisreadGb18030(String text) {
        this.text = text;
    }

    /** The text as it was, or nothing if it was not misread. */
    static Optional<Reread> reread(String text) {
        MisreadGb18030 reading = new MisreadGb18030(text);
        return reading.count() && reading.isMisread() ? reading.decode() : Optional.empty();
    }

    /** False if the text cannot be such. */
    private boolean count() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < 0x80) {
                i++;
                continue;
            }
            int length = c >= FIRST_LEAD && c <= LAST_LEAD ? sequenceLength(i) : 0;
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    private int sequenceLength(int start) {
        int lead = text.charAt(start);
        int trail = at(start + 1);
        if (isDigit(trail)) {
            boolean whole = at(start + 2) >= FIRST_LEAD && at(start + 2) <= LAST_LEAD && isDigit(at(start + 3));
            quadruples += whole ? 1 : 0;
            return whole ? 4 : 0;
        }
        if (trail < 0x40 || trail == 0x7F || trail > LAST_LEAD) {
            return 0;
        }
        boolean sign = lead > 0xA0 && lead <= 0xA9;
        if (trail > 0xA0 && trail != lead && (sign || (lead >= 0xB0 && lead <= 0xD7))) {
            common++;
            signs += sign ? 1 : 0;
            kinds.add(lead << 8 | trail);
        } else {
            rare++;
        }
        return 2;
    }

    private int at(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }

    private boolean isMisread() {
        boolean varied = kinds.size() >= FEWEST_KINDS || signs >= FEWEST_SIGNS;
        return quadruples > 0 || (varied && common >= LEAST_COMMON_SHARE * (common + rare));
    }

    private Optional<Reread> decode() {
        try {
            String decoded = GB18030.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
            return Optional.of(new Reread(decoded, (long) common + rare + quadruples));
        } catch (CharacterCodingException notThis) {
            return Optional.empty(); // sequences that the standard leaves open
        }
    }
}
