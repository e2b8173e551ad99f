package org.alluvium.ingest.pii.number;

import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.CheckDigits;
import org.alluvium.ingest.pii.span.DigitGroups;
import org.alluvium.ingest.pii.span.KeyWords;
import org.alluvium.ingest.pii.span.NumberRule;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.alluvium.ingest.pii.span.Spans;

/**
 * Public IPv4 addresses in dotted form, without leading zeros (RFC 6943, section 3.1.1). Left out are the ranges that IANA
 * reserves for special purposes (RFC 6890), and what is rather the number of a version or of a section: after a word that
 * says so, and where all four parts are small and no word says that it is an address.
 */
public final class Ipv4Rule implements NumberRule {

    private static final int PARTS = 4;

    /** Sections go up to about here, in their last part up to twice that and more; so does one of 1,300 addresses. */
    private static final int LARGEST_SECTION = 31;

    private static final int LARGEST_LAST = 99;

    private static final KeyWords VERSION = new KeyWords(
            "version",
            "versions",
            "ver.",
            "ver",
            "v",
            "release",
            "rev",
            "rev.",
            "section",
            "sect.",
            "chapter",
            "§",
            "abschnitt",
            "kapitel",
            "seksjon",
            "kapittel",
            "chapitre",
            "sección",
            "capítulo",
            "sezione",
            "seção",
            "раздел",
            "版本",
            "バージョン",
            "версия",
            "버전",
            "oid");

    private static final KeyWords ADDRESS = new KeyWords(
            "ip",
            "ipv4",
            "address",
            "addr",
            "host",
            "server",
            "client",
            "from",
            "dns",
            "ping",
            "resolver",
            "nameserver",
            "gateway",
            "peer",
            "router",
            "adresse",
            "dirección",
            "地址",
            "アドレス",
            "адрес",
            "주소",
            "://");

    @Override
    public int match(DigitGroups groups, int first, Spans out) {
        int end = first + PARTS;
        if (end > groups.count() || !groups.separatedBy('.', first, end) || !standsAlone(groups, first, end)) {
            return 0;
        }
        int[] parts = new int[PARTS];
        for (int i = 0; i < PARTS; i++) {
            parts[i] = part(groups, first + i);
            if (parts[i] < 0) {
                return 0;
            }
        }
        if (!isPublic(parts) || isVersionOrSection(groups, first, parts)) {
            return 0;
        }
        out.add(PiiSpan.of(groups.start(first), groups.end(end - 1), PiiType.IPV4));
        return PARTS;
    }

    private static boolean standsAlone(DigitGroups groups, int first, int end) {
        char before = groups.separator(first);
        char behind = groups.separator(end);
        char touching = groups.charBefore(first);
        return before != '.'
                && before != '-'
                && behind != '.'
                && behind != '-'
                && touching != '.'
                && touching != '-'
                && !Chars.joins(touching)
                && !isLetterOrUnderscore(groups.charAfter(end - 1));
    }

    private static boolean isLetterOrUnderscore(char c) {
        return Chars.joins(c) && !Chars.isDigit(c);
    }

    /** Value of one part, or -1 if it cannot be one. */
    private static int part(DigitGroups groups, int group) {
        int length = groups.length(group);
        if (length > 3) {
            return -1;
        }
        int[] digits = groups.values(group, group + 1);
        int value = (int) CheckDigits.number(digits, 0, length);
        return value > 255 || (length > 1 && digits[0] == 0) ? -1 : value;
    }

    private static boolean isVersionOrSection(DigitGroups groups, int first, int[] parts) {
        int start = groups.start(first);
        if (VERSION.precede(groups.text(), start)) {
            return true;
        }
        for (int i = 0; i < PARTS; i++) {
            if (parts[i] > (i == PARTS - 1 ? LARGEST_LAST : LARGEST_SECTION)) {
                return false;
            }
        }
        return !ADDRESS.precede(groups.text(), start);
    }

    private static boolean isPublic(int[] parts) {
        int a = parts[0];
        int b = parts[1];
        int c = parts[2];
        return switch (a) {
            case 0, 10, 127 -> false;
            case 100 -> b < 64 || b > 127;
            case 169 -> b != 254;
            case 172 -> b < 16 || b > 31;
            case 192 -> b != 168 && !(b == 0 && (c == 0 || c == 2)) && !(b == 88 && c == 99);
            case 198 -> b != 18 && b != 19 && !(b == 51 && c == 100);
            case 203 -> !(b == 0 && c == 113);
            default -> a < 224;
        };
    }
}
