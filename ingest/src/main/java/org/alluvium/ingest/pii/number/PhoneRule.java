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
 * Telephone numbers. Found are
 *
 * <ul>
 *   <li>international ones: {@code +} or {@code 00}, an assigned calling code and up to 15 digits in all (ITU-T E.164);
 *   <li>national ones whose form tells: North America's 3-3-4, an area code in parentheses, a leading zero in the groupings
 *       of {@link TrunkForms}, China's mobile numbers, Russia's with 8;
 *   <li>any number of 7 to 15 digits after a word that announces it.
 * </ul>
 *
 * What is allotted to subscribers is not looked at: numbers that were made up are numbers as well, for a text.
 */
public final class PhoneRule implements NumberRule {

    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    /** An international number without any separator has at least these digits, or it is an increment. */
    private static final int FEWEST_UNSEPARATED = 9;

    /** Words after which nearly every number is a telephone's. */
    private static final KeyWords STRONG = new KeyWords(
            "tel",
            "tel.",
            "telephone",
            "phone",
            "phones",
            "fax",
            "mobile",
            "cell",
            "cellphone",
            "whatsapp",
            "hotline",
            "telefon",
            "telefax",
            "fon",
            "handy",
            "mobil",
            "téléphone",
            "tél",
            "portable",
            "teléfono",
            "telefono",
            "móvil",
            "cellulare",
            "telefone",
            "celular",
            "telefoon",
            "telefoonnummer",
            "puhelin",
            "komórka",
            "тел",
            "телефон",
            "факс",
            "моб",
            "手机",
            "手機",
            "电话",
            "電話",
            "座机",
            "传真",
            "傳真",
            "携帯",
            "전화",
            "전화번호",
            "휴대폰",
            "팩스",
            "هاتف",
            "فون",
            "फ़ोन",
            "फोन",
            "โทร");

    /** Words after which a number is a telephone's if it has the form of one. */
    private static final KeyWords WEAK = new KeyWords(
            "call", "dial", "contact", "sms", "anrufen", "appelez", "llame", "llamar", "звоните", "致电", "联系");

    @Override
    public int match(DigitGroups groups, int first, Spans out) {
        int taken = groupsTaken(groups, first);
        if (taken > 0) {
            out.add(PiiSpan.of(start(groups, first), groups.end(first + taken - 1), PiiType.PHONE));
        }
        return taken;
    }

    /** The same for a number at the first group if a plus sign stands before it, which says more than any other form. */
    public int matchWithPlus(DigitGroups groups, Spans out) {
        return hasPlus(groups, 0) ? match(groups, 0, out) : 0;
    }

    private static int groupsTaken(DigitGroups groups, int first) {
        if (hasPlus(groups, first)) {
            return international(groups, first, 0);
        }
        if (groups.digits(first, groups.count()) < FEWEST_DIGITS) {
            return 0;
        }
        int taken = TrunkForms.groupsTaken(groups, first);
        if (taken > 0) {
            return taken;
        }
        if (startsWithDoubleZero(groups, first)) {
            return international(groups, first, 2);
        }
        return announced(groups, first);
    }

    private static boolean hasPlus(DigitGroups groups, int first) {
        char before = groups.charBefore(first);
        char plus = before == '(' ? Chars.at(groups.text(), groups.start(first) - 2) : before;
        return first == 0 && plus == '+' && Chars.at(groups.text(), start(groups, first) - 1) != '+';
    }

    /** Where the number begins: with its plus sign, and with a parenthesis that closes behind its first group. */
    private static int start(DigitGroups groups, int first) {
        boolean closes = first + 1 < groups.count() && groups.charAfter(first) == ')';
        int start = groups.start(first);
        if (groups.charBefore(first) == '+') {
            start--;
        } else if (closes && Chars.at(groups.text(), start - 2) == '+' && groups.charBefore(first) == '(') {
            return start - 2;
        }
        return closes && Chars.at(groups.text(), start - 1) == '(' ? start - 1 : start;
    }

    /** @param prefix digits before the calling code */
    private static int international(DigitGroups groups, int first, int prefix) {
        if (Chars.joins(Chars.at(groups.text(), start(groups, first) - 1))) {
            return 0;
        }
        int end = longest(groups, first, MOST_DIGITS + prefix);
        int[] digits = groups.values(first, end);
        int code = CallingCodes.lengthOf(digits, prefix);
        boolean single = end == first + 1;
        if (code == 0
                || (prefix > 0 && !single && !isCodeAlone(groups, first, prefix + code))
                || digits.length - prefix < (single ? FEWEST_UNSEPARATED : FEWEST_DIGITS + code)) {
            return 0;
        }
        boolean sure = prefix == 0
                ? !isFraction(groups, first, end)
                : isLongBehindZeros(groups, first, end) || STRONG.precede(groups.text(), groups.start(first));
        return sure && !Chars.joins(groups.charAfter(end - 1)) ? end - first : 0;
    }

    private static boolean startsWithDoubleZero(DigitGroups groups, int first) {
        int start = groups.start(first);
        char[] text = groups.text();
        return groups.length(first) >= 2
                && text[start] == '0'
                && text[start + 1] == '0'
                && !Chars.joins(groups.charBefore(first));
    }

    /** {@code +2.0000000}. */
    private static boolean isFraction(DigitGroups groups, int first, int end) {
        return end == first + 2 && groups.separator(first + 1) == '.';
    }

    /** Whether there are so many digits behind two zeros that these are not part of a code or a fraction. */
    private static boolean isLongBehindZeros(DigitGroups groups, int first, int end) {
        return end > first + 1
                && groups.digits(first, end) > MOST_DIGITS - 2
                && "./-,".indexOf(groups.charBefore(first)) < 0;
    }

    /** Whether a separator follows the calling code, as it does where a number is written with any. */
    private static boolean isCodeAlone(DigitGroups groups, int first, int digits) {
        return groups.length(first) == digits || (groups.length(first) == 2 && groups.length(first + 1) == digits - 2);
    }

    private static int announced(DigitGroups groups, int first) {
        int end = longest(groups, first, MOST_DIGITS);
        int digits = groups.digits(first, end);
        if (digits < FEWEST_DIGITS
                || digits > MOST_DIGITS
                || !groups.standAlone(first, end)
                || "/-".indexOf(groups.charBefore(first)) >= 0
                || isDateOrAddress(groups, first)) {
            return 0;
        }
        char[] text = groups.text();
        boolean hasForm = (groups.hasShape(first, 3, 4) && groups.separator(first + 1) == '-')
                || (end > first + 1 && digits > FEWEST_DIGITS);
        boolean said =
                STRONG.precede(text, groups.start(first)) || (hasForm && WEAK.precede(text, groups.start(first)));
        return said ? end - first : 0;
    }

    private static boolean isDateOrAddress(DigitGroups groups, int first) {
        return groups.hasShape(first, 4, 2, 2)
                || isYears(groups, first)
                || groups.hasShape(first, 2, 2, 4)
                || (first + 4 <= groups.count()
                        && groups.separatedBy('.', first, first + 4)
                        && groups.digits(first, first + 1) <= 3);
    }

    private static boolean isYears(DigitGroups groups, int first) {
        if (!groups.hasShape(first, 4, 4)) {
            return false;
        }
        long from = CheckDigits.number(groups.values(first, first + 1), 0, 4);
        long to = CheckDigits.number(groups.values(first + 1, first + 2), 0, 4);
        return from >= 1900 && from <= to && to < 2100;
    }

    /** The group behind the last one that still fits. */
    private static int longest(DigitGroups groups, int first, int mostDigits) {
        int end = first + 1;
        while (end < groups.count() && groups.digits(first, end + 1) <= mostDigits) {
            end++;
        }
        return end;
    }
}
