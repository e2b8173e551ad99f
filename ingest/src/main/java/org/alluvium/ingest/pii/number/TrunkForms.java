package org.alluvium.ingest.pii.number;

import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.DigitGroups;

/** National forms of telephone numbers that are telling without a word before them. */
final class TrunkForms {

    private static final int CHINA_MOBILE_DIGITS = 11;
    private static final int MOST_AREA_DIGITS = 5;

    private TrunkForms() {}

    /** How many groups from one on are such a number; 0 if none. */
    static int groupsTaken(DigitGroups groups, int first) {
        if (Chars.joins(groups.charBefore(first))) {
            return 0;
        }
        int taken = chinaMobile(groups, first);
        if (taken == 0) {
            taken = northAmerica(groups, first);
        }
        if (taken == 0) {
            taken = areaInParentheses(groups, first);
        }
        if (taken == 0) {
            taken = trunkZero(groups, first);
        }
        return taken == 0 ? russia(groups, first) : taken;
    }

    /** 1 and ten digits, together or as 3-4-4, with or without 86 before them. */
    private static int chinaMobile(DigitGroups groups, int first) {
        int length = groups.length(first);
        if (length == CHINA_MOBILE_DIGITS || length == CHINA_MOBILE_DIGITS + 2) {
            int[] digits = groups.values(first, first + 1);
            int offset = length - CHINA_MOBILE_DIGITS;
            boolean country = offset == 0 || (digits[0] == 8 && digits[1] == 6);
            return country && isChinaMobile(digits, offset) && groups.isBare(first) && standsAlone(groups, first, 1)
                    ? 1
                    : 0;
        }
        boolean printed = groups.hasShape(first, 3, 4, 4) && sameLooseSeparator(groups, first, 3);
        return printed && isChinaMobile(groups.values(first, first + 3), 0) && standsAlone(groups, first, 3) ? 3 : 0;
    }

    private static boolean isChinaMobile(int[] digits, int from) {
        int second = digits[from + 1];
        int third = digits[from + 2];
        boolean allotted = switch (second) {
            case 3, 4, 8 -> true;
            case 5, 9 -> third != 4;
            case 6 -> third == 2 || (third >= 5 && third <= 7);
            case 7 -> third != 9;
            default -> false;
        };
        return digits[from] == 1 && allotted;
    }

    /** 3-3-4 with hyphens or points, or the area in parentheses; with or without 1 before. */
    private static int northAmerica(DigitGroups groups, int first) {
        boolean withOne = groups.hasShape(first, 1, 3, 3, 4) && groups.values(first, first + 1)[0] == 1;
        int area = withOne ? first + 1 : first;
        if (!groups.hasShape(area, 3, 3, 4)) {
            return 0;
        }
        int[] digits = groups.values(area, area + 3);
        boolean inParentheses = groups.separator(area + 1) == '(';
        boolean joined = groups.separatedBy('-', first, area + 3) || groups.separatedBy('.', first, area + 3);
        boolean form = joined || (inParentheses && groups.separator(area + 2) != '/');
        int taken = area + 3 - first;
        return form && digits[0] >= 2 && digits[3] >= 2 && standsAlone(groups, first, taken) ? taken : 0;
    }

    /** {@code (0161) 496 0000}, {@code (11) 91234-5678}: two to five digits in parentheses, seven to nine behind them. */
    private static int areaInParentheses(DigitGroups groups, int first) {
        if (groups.charBefore(first) != '(' || first + 1 >= groups.count() || groups.separator(first + 1) != '(') {
            return 0;
        }
        int area = groups.length(first);
        boolean zero = groups.values(first, first + 1)[0] == 0;
        if (area < 2 || area > MOST_AREA_DIGITS || (area > 3 && !zero)) {
            return 0;
        }
        int end = first + 2;
        while (end < groups.count() && groups.digits(first, end + 1) <= 12 && groups.separator(end) != '(') {
            end++;
        }
        int local = groups.digits(first + 1, end);
        boolean parts = zero || (end == first + 3 && groups.length(first + 2) == 4 && groups.length(first + 1) >= 3);
        return parts && local >= 6 && local <= 9 && standsAlone(groups, first, end - first) ? end - first : 0;
    }

    /** A leading zero: {@code 03-1234-5678}, {@code 020 7946 0911}, {@code 01 23 45 67 89}, {@code 0571-87654321}. */
    private static int trunkZero(DigitGroups groups, int first) {
        int area = groups.length(first);
        char[] text = groups.text();
        int start = groups.start(first);
        if (area < 2 || area > MOST_AREA_DIGITS || text[start] != '0' || text[start + 1] == '0') {
            return 0;
        }
        char separator = first + 1 < groups.count() ? groups.separator(first + 1) : 0;
        int end = first + 1;
        while (end < groups.count() && groups.separator(end) == separator && separator != '(') {
            end++;
        }
        int digits = groups.digits(first, end);
        int count = end - first;
        int last = groups.length(end - 1);
        boolean form = switch (separator) {
            case '-' ->
                (count == 3 && last == 4 && digits >= 9 && digits <= 11)
                        || (count == 2 && area >= 3 && last >= 6 && last <= 8);
            case ' ' -> (digits == 10 || digits == 11) && (isPairs(groups, first, end) || isSpaced(groups, first, end));
            case '.' -> digits == 10 && isPairs(groups, first, end);
            case '/' -> count == 2 && area >= 3 && last >= 6 && last <= 8;
            default -> false;
        };
        return form && standsAlone(groups, first, count) ? count : 0;
    }

    /** Five pairs, as in France, and not out of a longer row of numbers. */
    private static boolean isPairs(DigitGroups groups, int first, int end) {
        boolean row = groups.separator(first) == ' ' || groups.separator(end) == ' ';
        return groups.hasShape(first, 2, 2, 2, 2, 2) && end == first + 5 && !row;
    }

    /** Two to four groups of which the others have three digits at least. */
    private static boolean isSpaced(DigitGroups groups, int first, int end) {
        for (int group = first + 1; group < end; group++) {
            if (groups.length(group) < 3) {
                return false;
            }
        }
        return end - first >= 2 && end - first <= 4;
    }

    /** {@code 8 (495) 123-45-67}. */
    private static int russia(DigitGroups groups, int first) {
        if (!groups.hasShape(first, 1, 3, 3, 2, 2)) {
            return 0;
        }
        int country = groups.values(first, first + 1)[0];
        boolean form = groups.separatedBy('-', first + 2, first + 5) || groups.separatedBy(' ', first, first + 5);
        return (country == 7 || country == 8) && form && standsAlone(groups, first, 5) ? 5 : 0;
    }

    private static boolean sameLooseSeparator(DigitGroups groups, int first, int count) {
        return groups.separatedBy(' ', first, first + count) || groups.separatedBy('-', first, first + count);
    }

    private static boolean standsAlone(DigitGroups groups, int first, int count) {
        char before = groups.charBefore(first);
        return groups.standAlone(first, first + count) && before != '-' && before != '.' && before != '/';
    }
}
