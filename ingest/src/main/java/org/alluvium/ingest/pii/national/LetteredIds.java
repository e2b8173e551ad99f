package org.alluvium.ingest.pii.national;

import java.util.Optional;
import java.util.Set;
import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.CheckDigits;
import org.alluvium.ingest.pii.span.KeyWords;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/** National ids that have letters in them; each but Britain's has a check character, which needs its words or its blanks. */
public final class LetteredIds {

    private static final KeyWords BRITISH = new KeyWords("nino", "ni", "national insurance", "insurance number");

    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String ITALIAN_MONTHS = "ABCDEHLMPRST";
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final String MEXICAN = "0123456789ABCDEFGHIJKLMN?OPQRSTUVWXYZ"; // Ñ has a place, but no ASCII
    private static final String TAIWANESE = "ABCDEFGHJKLMNPQRSTUVXYWZIO"; // values from 10
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String SINGAPOREAN_ST = "JZIHGFEDCBA";
    private static final String SINGAPOREAN_FG = "XWUTRQPNMLK";

    /** Those that have one of these ids. */
    public static final Set<String> COUNTRIES = Set.of("cn", "es", "fi", "gb", "hk", "it", "mx", "sg", "tw");

    private final Set<String> countries;

    /** @param countries as {@link NationalNumberRule} takes them */
    public LetteredIds(Set<String> countries) {
        this.countries = Set.copyOf(countries);
    }

    /** The id that a run of ASCII letters and digits is, if it is one. */
    public Optional<PiiSpan> of(char[] text, int start, int end) {
        if (Chars.joins(Chars.at(text, start - 1))
                || Chars.joins(Chars.at(text, end))
                || isOfFraction(text, start, end)) {
            return Optional.empty();
        }
        String token = new String(text, start, end - start);
        String kind = kindOf(token);
        if (kind == null && token.length() == 9 && isBritish(token) && BRITISH.precede(text, start)) {
            kind = "gb_nino";
        }
        if (kind == null && token.length() <= 8 && isHongKong(token, text, end)) {
            return span(start, end + 3, "hk_id");
        }
        return kind == null ? Optional.empty() : span(start, end, kind);
    }

    /** {@code 1.38435736E+12}. */
    private static boolean isOfFraction(char[] text, int start, int end) {
        boolean behindPoint = Chars.at(text, start - 1) == '.' && Chars.isDigit(Chars.at(text, start - 2));
        char sign = Chars.at(text, end);
        return behindPoint || ((sign == '+' || sign == '-') && Chars.isDigit(Chars.at(text, end + 1)));
    }

    /** The Finnish id whose first six digits begin at the index. */
    public Optional<PiiSpan> finnish(char[] text, int start) {
        int end = start + 11;
        if (end > text.length || "-+ABCDEFYXWVU".indexOf(text[start + 6]) < 0 || Chars.joins(Chars.at(text, end))) {
            return Optional.empty();
        }
        String digits = new String(text, start, 6) + new String(text, start + 7, 3);
        boolean born = isDigits(digits, 0, 9) && CheckDigits.isDayOfYear(value(digits, 2, 4), value(digits, 0, 2));
        boolean checked = born && FINNISH.charAt(Integer.parseInt(digits) % 31) == text[start + 10];
        return checked ? span(start, end, "fi_hetu") : Optional.empty();
    }

    /** Britain's insurance number in pairs: the six digits begin at the index, {@code AB } stands before them. */
    public Optional<PiiSpan> britishInPairs(char[] text, int start) {
        int end = start + 10;
        if (start < 3
                || end > text.length
                || Chars.joins(Chars.at(text, start - 4))
                || Chars.joins(Chars.at(text, end))) {
            return Optional.empty();
        }
        String pairs = new String(text, start - 3, 13);
        boolean spaced =
                pairs.charAt(2) == ' ' && pairs.charAt(5) == ' ' && pairs.charAt(8) == ' ' && pairs.charAt(11) == ' ';
        return spaced && isBritish(pairs.replace(" ", "")) ? span(start - 3, end, "gb_nino") : Optional.empty();
    }

    private Optional<PiiSpan> span(int start, int end, String kind) {
        boolean wanted = countries.isEmpty() || countries.contains(kind.substring(0, 2));
        return wanted ? Optional.of(new PiiSpan(start, end, PiiType.NATIONAL_ID, kind)) : Optional.empty();
    }

    private static String kindOf(String token) {
        return switch (token.length()) {
            case 9 -> isSpanish(token) ? "es_dni" : isSingaporean(token) ? "sg_nric" : null;
            case 10 -> isTaiwanese(token) ? "tw_id" : null;
            case 16 -> isItalian(token) ? "it_cf" : null;
            case 18 -> isChinese(token) ? "cn_id" : isMexican(token) ? "mx_curp" : null;
            default -> null;
        };
    }

    /** DNI, and NIE whose first letter counts as 0, 1 or 2. */
    private static boolean isSpanish(String token) {
        int foreigner = "XYZ".indexOf(token.charAt(0));
        String digits = foreigner < 0 ? token : foreigner + token.substring(1);
        return isDigits(digits, 0, 8) && SPANISH.charAt(value(digits, 0, 8) % 23) == token.charAt(8);
    }

    private static boolean isBritish(String token) {
        char first = token.charAt(0);
        char second = token.charAt(1);
        boolean prefix = Chars.isUpper(first)
                && Chars.isUpper(second)
                && "DFIQUV".indexOf(first) < 0
                && "DFIOQUV".indexOf(second) < 0
                && !Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ").contains(token.substring(0, 2));
        return prefix && isDigits(token, 2, 8) && "ABCD".indexOf(token.charAt(8)) >= 0;
    }

    private static boolean isSingaporean(String token) {
        char first = token.charAt(0);
        if ("STFG".indexOf(first) < 0 || !isDigits(token, 1, 8)) {
            return false;
        }
        int sum =
                CheckDigits.weighted(digits(token, 1, 8), 2, 7, 6, 5, 4, 3, 2) + (first == 'T' || first == 'G' ? 4 : 0);
        String letters = first == 'S' || first == 'T' ? SINGAPOREAN_ST : SINGAPOREAN_FG;
        return letters.charAt(sum % 11) == token.charAt(8);
    }

    private static boolean isTaiwanese(String token) {
        int letter = TAIWANESE.indexOf(token.charAt(0)) + 10;
        if (letter < 10 || !isDigits(token, 1, 10) || "1289".indexOf(token.charAt(1)) < 0) {
            return false;
        }
        int sum = letter / 10 + letter % 10 * 9;
        return (sum + CheckDigits.weighted(digits(token, 1, 10), 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0;
    }

    /** The check digit stands in parentheses behind the token. */
    private static boolean isHongKong(String token, char[] text, int end) {
        int letters = token.length() - 6;
        char check = Chars.at(text, end + 1);
        if (letters < 1
                || Chars.at(text, end) != '('
                || Chars.at(text, end + 2) != ')'
                || !isDigits(token, letters, letters + 6)) {
            return false;
        }
        for (int i = 0; i < letters; i++) {
            if (!Chars.isUpper(token.charAt(i))) {
                return false;
            }
        }
        int sum = letters == 1
                ? 36 * 9 + letterValue(token.charAt(0)) * 8
                : letterValue(token.charAt(0)) * 9 + letterValue(token.charAt(1)) * 8;
        sum += CheckDigits.weighted(digits(token, letters, letters + 6), 7, 6, 5, 4, 3, 2);
        int expected = (11 - sum % 11) % 11;
        return check == (expected == 10 ? 'A' : (char) ('0' + expected));
    }

    private static int letterValue(char c) {
        return c - 'A' + 10;
    }

    private static boolean isItalian(String token) {
        for (int i = 0; i < 16; i++) {
            boolean letter = i < 6 || i == 8 || i == 11 || i == 15;
            char c = token.charAt(i);
            if (letter ? !Chars.isUpper(c) : !Chars.isDigit(c)) {
                return false;
            }
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = token.charAt(i);
            int value = Chars.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        return ITALIAN_MONTHS.indexOf(token.charAt(8)) >= 0 && token.charAt(15) == 'A' + sum % 26;
    }

    private static boolean isChinese(String token) {
        char last = token.charAt(17);
        if (!isDigits(token, 0, 17) || (last != 'X' && last != 'x')) {
            return false;
        }
        int[] digits = new int[18];
        System.arraycopy(digits(token, 0, 17), 0, digits, 0, 17);
        digits[17] = 10;
        return NationalNumbers.isChinese(digits);
    }

    private static boolean isMexican(String token) {
        if (!isDigits(token, 4, 10) || !Chars.isDigit(token.charAt(17)) || "HMX".indexOf(token.charAt(10)) < 0) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            int value = MEXICAN.indexOf(token.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += value * (18 - i);
        }
        return (10 - sum % 10) % 10 == token.charAt(17) - '0';
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int value(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static int[] digits(String text, int from, int to) {
        return text.substring(from, to).chars().map(c -> c - '0').toArray();
    }
}
