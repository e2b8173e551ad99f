package org.alluvium.ingest.pii;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.ingest.pii.national.LetteredIds;
import org.alluvium.ingest.pii.national.NationalNumberRule;
import org.alluvium.ingest.pii.number.CardRule;
import org.alluvium.ingest.pii.number.Iban;
import org.alluvium.ingest.pii.number.Ipv4Rule;
import org.alluvium.ingest.pii.number.Ipv6;
import org.alluvium.ingest.pii.number.PhoneRule;
import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.DigitGroups;
import org.alluvium.ingest.pii.span.NumberRule;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.alluvium.ingest.pii.span.Spans;

/**
 * Finds personal data and secrets in one pass. The pass stops only at characters that may be part of some: a digit, {@code @}
 * and the few others by which tokens are noticed; what stands there is then looked at in both directions. Thread-safe.
 *
 * <p>What is found depends on form, check digits and the words on the same line before it, never on lists of what exists: no
 * range of subscribers, no register of banks. Spans do not overlap.
 */
public final class PiiScanner {

    private static final int SHORTEST_NUMBER = 7;
    private static final int SHORTEST_ADDRESS_GROUPS = 4;

    private final boolean emails;
    private final boolean ipv6;
    private final boolean ibans;
    private final boolean secrets;
    private final boolean nationalIds;
    private final LetteredIds lettered;
    private final PhoneRule phones = new PhoneRule();
    private final boolean phonesWanted;
    private final List<NumberRule> rules;

    private final boolean[] stops = new boolean[128];

    /**
     * @param types what is looked for
     * @param countries whose national ids are, as ISO 3166-1 alpha-2 in lower case; of all that are known where empty
     */
    public PiiScanner(Set<PiiType> types, Set<String> countries) {
        Set<PiiType> wanted = types.isEmpty() ? EnumSet.noneOf(PiiType.class) : EnumSet.copyOf(types);
        emails = wanted.contains(PiiType.EMAIL);
        ipv6 = wanted.contains(PiiType.IPV6);
        ibans = wanted.contains(PiiType.IBAN);
        secrets = wanted.contains(PiiType.SECRET);
        nationalIds = wanted.contains(PiiType.NATIONAL_ID);
        phonesWanted = wanted.contains(PiiType.PHONE);
        lettered = new LetteredIds(countries);
        rules = rules(wanted, countries);
        boolean numbers = ipv6 || ibans || nationalIds || !rules.isEmpty();
        for (char c = '0'; c <= '9'; c++) {
            stops[c] = numbers;
        }
        stops['@'] = emails;
        for (char c : "_-IJ=:".toCharArray()) {
            stops[c] = secrets;
        }
    }

    private List<NumberRule> rules(Set<PiiType> wanted, Set<String> countries) {
        List<NumberRule> chosen = new ArrayList<>();
        if (wanted.contains(PiiType.IPV4)) {
            chosen.add(new Ipv4Rule());
        }
        if (nationalIds) {
            chosen.add(new NationalNumberRule(countries));
        }
        if (wanted.contains(PiiType.CREDIT_CARD)) {
            chosen.add(new CardRule());
        }
        if (phonesWanted) {
            chosen.add(phones);
        }
        return List.copyOf(chosen);
    }

    /** What the text holds, from its start to its end. */
    public List<PiiSpan> scan(String text) {
        char[] chars = text.toCharArray();
        Spans spans = new Spans();
        DigitGroups groups = new DigitGroups(chars);
        int i = 0;
        while (i < chars.length) {
            char c = chars[i];
            if (c < 128 && stops[c]) {
                i = Math.max(i + 1, Chars.isDigit(c) ? atDigit(chars, i, groups, spans) : atSign(chars, i, spans));
            } else {
                i++;
            }
        }
        return spans.list();
    }

    /** Looks at a character that is no digit; where to go on. */
    private static int atSign(char[] text, int at, Spans out) {
        if (text[at] == '@') {
            PiiSpan email = Emails.around(text, at);
            return email == null ? at + 1 : take(email, out);
        }
        Optional<PiiSpan> secret = switch (text[at]) {
            case '_', '-' -> Secrets.prefixed(text, at);
            case 'I' -> Secrets.cloudKey(text, at);
            case 'J' -> Secrets.webToken(text, at);
            default -> Secrets.named(text, at);
        };
        return secret.map(span -> take(span, out)).orElse(at + 1);
    }

    private static int take(PiiSpan span, Spans out) {
        out.add(span);
        return span.end();
    }

    /** Looks at the first digit of a run; where to go on. */
    private int atDigit(char[] text, int at, DigitGroups groups, Spans out) {
        if (Chars.joins(Chars.at(text, at - 1))) {
            return withLettersBefore(text, at, out);
        }
        if (ipv6 && Ipv6.mayBeginAt(text, at)) {
            int end = Ipv6.end(text, at);
            if (end > 0) {
                return take(PiiSpan.of(at, end, PiiType.IPV6), out);
            }
        }
        int runEnd = at;
        while (runEnd < text.length && Chars.isDigit(text[runEnd])) {
            runEnd++;
        }
        Optional<PiiSpan> id = nationalIds ? withLettersBehind(text, at, runEnd) : Optional.empty();
        if (id.isPresent()) {
            return take(id.get(), out);
        }
        int end = groups.read(at);
        if (groups.totalDigits() >= SHORTEST_NUMBER || groups.count() >= SHORTEST_ADDRESS_GROUPS) {
            numbers(groups, out);
        }
        return Chars.endOfToken(text, end);
    }

    /** An id or account number that began with letters, before the digit. */
    private int withLettersBefore(char[] text, int digit, Spans out) {
        int start = digit;
        while (start > 0 && Chars.isAlphanumeric(text[start - 1])) {
            start--;
        }
        int end = Chars.endOfToken(text, digit);
        if (ibans && digit - start == 2 && Chars.isUpper(text[start]) && Chars.isUpper(text[start + 1])) {
            int iban = Iban.end(text, start);
            if (iban > 0) {
                return take(PiiSpan.of(start, iban, PiiType.IBAN), out);
            }
        }
        Optional<PiiSpan> id = nationalIds ? lettered.of(text, start, end) : Optional.empty();
        return id.map(span -> take(span, out)).orElse(end);
    }

    private Optional<PiiSpan> withLettersBehind(char[] text, int start, int runEnd) {
        char after = Chars.at(text, runEnd);
        if (runEnd - start == 6 && (after == '-' || after == '+' || Chars.isUpper(after))) {
            return lettered.finnish(text, start);
        }
        if (runEnd - start == 2 && after == ' ') {
            return lettered.britishInPairs(text, start);
        }
        return Chars.isAsciiLetter(after) ? lettered.of(text, start, Chars.endOfToken(text, runEnd)) : Optional.empty();
    }

    private void numbers(DigitGroups groups, Spans out) {
        int group = 0;
        while (group < groups.count()) {
            int taken = phonesWanted && group == 0 ? phones.matchWithPlus(groups, out) : 0;
            for (int i = 0; i < rules.size() && taken == 0; i++) {
                taken = rules.get(i).match(groups, group, out);
            }
            group += Math.max(1, taken);
        }
    }
}
