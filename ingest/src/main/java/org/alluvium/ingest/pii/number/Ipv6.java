package org.alluvium.ingest.pii.number;

import org.alluvium.ingest.pii.span.Chars;

/**
 * Global IPv6 addresses in the forms of RFC 4291, section 2.2. All of them lie in 2000::/3, so that they begin with a group
 * of four digits; documentation (2001:db8::/32, 3fff::/20) and the ranges that RFC 6890 reserves for special purposes
 * (2001::/23 and 2002::/16) are left out.
 */
public final class Ipv6 {

    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;

    private Ipv6() {}

    /** Whether an address may begin at this digit. */
    public static boolean mayBeginAt(char[] text, int start) {
        return (text[start] == '2' || text[start] == '3')
                && Chars.at(text, start + GROUP_DIGITS) == ':'
                && groupEnd(text, start) == start + GROUP_DIGITS;
    }

    /** First index behind the global address that begins at the index, or -1 if there is none. */
    public static int end(char[] text, int start) {
        int groups = 0;
        boolean gap = false;
        int second = 0;
        int i = start;
        while (groups < GROUPS) {
            int end = groupEnd(text, i);
            if (end == i) {
                break;
            }
            if (groups == 1) {
                second = value(text, i, end);
            }
            groups++;
            i = end;
            if (!gap && Chars.at(text, i) == ':' && Chars.at(text, i + 1) == ':') {
                gap = true;
                i += 2;
            } else if (Chars.at(text, i) == ':' && Chars.isHex(Chars.at(text, i + 1)) && groups < GROUPS) {
                i++;
            } else {
                break;
            }
        }
        boolean complete = gap ? groups < GROUPS : groups == GROUPS;
        boolean ends = !Chars.joins(Chars.at(text, i)) && !isMoreColons(text, i);
        return complete && ends && isGlobal(value(text, start, start + GROUP_DIGITS), second) ? i : -1;
    }

    private static boolean isMoreColons(char[] text, int i) {
        return Chars.at(text, i) == ':' && (Chars.at(text, i + 1) == ':' || Chars.isHex(Chars.at(text, i + 1)));
    }

    private static int groupEnd(char[] text, int start) {
        int end = start;
        while (end < text.length && end - start < GROUP_DIGITS && Chars.isHex(text[end])) {
            end++;
        }
        return end;
    }

    private static int value(char[] text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = 16 * value + Character.digit(text[i], 16);
        }
        return value;
    }

    private static boolean isGlobal(int first, int second) {
        boolean special = first == 0x2002
                || (first == 0x2001 && (second < 0x200 || second == 0xDB8))
                || (first == 0x3FFF && second < 0x1000);
        return !special;
    }
}
