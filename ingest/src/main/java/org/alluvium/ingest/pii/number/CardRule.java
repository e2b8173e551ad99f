package org.alluvium.ingest.pii.number;

import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.CheckDigits;
import org.alluvium.ingest.pii.span.DigitGroups;
import org.alluvium.ingest.pii.span.NumberRule;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.alluvium.ingest.pii.span.Spans;

/**
 * Payment cards: 14 to 19 digits in one group or in the groups printed on cards, with the prefix and length of an issuer and
 * Luhn's check digit (ISO/IEC 7812). Cards of 12 and 13 digits, which nobody issues any more, look like article numbers and
 * are not found.
 */
public final class CardRule implements NumberRule {

    private static final int[][] PRINTED = {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}};
    private static final int SHORTEST = 14;
    private static final int LONGEST = 19;

    /** First and last prefix, how many digits the prefix has, shortest and longest number. */
    private static final int[][] ISSUERS = {
        {4, 4, 1, 16, 16}, // Visa; those of 19 digits are rarer than any other number of that length
        {51, 55, 2, 16, 16}, // Mastercard
        {2221, 2720, 4, 16, 16},
        {34, 34, 2, 15, 15}, // American Express
        {37, 37, 2, 15, 15},
        {300, 305, 3, 14, 14}, // Diners Club
        {36, 36, 2, 14, 14},
        {38, 39, 2, 14, 14},
        {6011, 6011, 4, 16, 19}, // Discover
        {644, 649, 3, 16, 19},
        {65, 65, 2, 16, 19},
        {3528, 3589, 4, 16, 19}, // JCB
        {62, 62, 2, 16, 19}, // UnionPay
        {2200, 2204, 4, 16, 19}, // Mir
        {5018, 5018, 4, 16, 19}, // Maestro
        {5020, 5020, 4, 16, 19},
        {5038, 5038, 4, 16, 19},
        {5893, 5893, 4, 16, 19},
        {6304, 6304, 4, 16, 19},
        {6759, 6763, 4, 16, 19},
        {9792, 9792, 4, 16, 16}, // Troy
        {60, 60, 2, 16, 16}, // RuPay
        {81, 82, 2, 16, 16},
    };

    @Override
    public int match(DigitGroups groups, int first, Spans out) {
        int taken = groupsTaken(groups, first);
        if (taken == 0 || !isCard(groups.values(first, first + taken))) {
            return 0;
        }
        out.add(PiiSpan.of(groups.start(first), groups.end(first + taken - 1), PiiType.CREDIT_CARD));
        return taken;
    }

    private static int groupsTaken(DigitGroups groups, int first) {
        if (groups.length(first) >= SHORTEST) {
            return groups.length(first) <= LONGEST && groups.isBare(first) ? 1 : 0;
        }
        for (int[] shape : PRINTED) {
            int end = first + shape.length;
            if (groups.hasShape(first, shape)
                    && (groups.separatedBy(' ', first, end) || groups.separatedBy('-', first, end))
                    && groups.standAlone(first, end)
                    && !goesOn(groups, first, end)) {
                return shape.length;
            }
        }
        return 0;
    }

    /** Whether more groups of four stand before or behind: a table of numbers, perhaps of hexadecimal ones. */
    private static boolean goesOn(DigitGroups groups, int first, int end) {
        boolean before = first > 0 && groups.length(first - 1) == 4;
        boolean behind = end < groups.count() ? groups.length(end) == 4 : groups.separator(end) == ' ';
        return before || behind || (first == 0 && isHexadecimalBefore(groups.text(), groups.start(0)));
    }

    private static boolean isHexadecimalBefore(char[] text, int start) {
        int i = start - 1;
        boolean letter = false;
        while (i > start - 6 && Chars.isHex(Chars.at(text, i - 1))) {
            i--;
            letter |= !Chars.isDigit(text[i]);
        }
        return start - 1 - i == 4 && letter && !Chars.joins(Chars.at(text, i - 1)) && Chars.at(text, start - 1) == ' ';
    }

    private static boolean isCard(int[] digits) {
        return hasIssuer(digits) && CheckDigits.luhn(digits, digits.length);
    }

    private static boolean hasIssuer(int[] digits) {
        for (int[] issuer : ISSUERS) {
            long prefix = CheckDigits.number(digits, 0, issuer[2]);
            if (prefix >= issuer[0]
                    && prefix <= issuer[1]
                    && digits.length >= issuer[3]
                    && digits.length <= issuer[4]) {
                return true;
            }
        }
        return false;
    }
}
