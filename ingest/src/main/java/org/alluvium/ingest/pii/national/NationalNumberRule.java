package org.alluvium.ingest.pii.national;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.alluvium.ingest.pii.span.DigitGroups;
import org.alluvium.ingest.pii.span.NumberRule;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.alluvium.ingest.pii.span.Spans;

/** National ids that consist of digits. */
public final class NationalNumberRule implements NumberRule {

    /** Those that have one of these ids. */
    public static final Set<String> COUNTRIES =
            NationalNumbers.ALL.stream().map(NationalNumber::country).collect(Collectors.toUnmodifiableSet());

    private final List<NationalNumber> numbers;

    /** @param countries those whose numbers are looked for, as ISO 3166-1 has them, in lower case; of all where empty */
    public NationalNumberRule(Set<String> countries) {
        this.numbers = NationalNumbers.ALL.stream()
                .filter(number -> countries.isEmpty() || countries.contains(number.country()))
                .toList();
    }

    @Override
    public int match(DigitGroups groups, int first, Spans out) {
        for (NationalNumber number : numbers) {
            int taken = number.groupsTaken(groups, first);
            if (taken > 0) {
                out.add(new PiiSpan(
                        groups.start(first), groups.end(first + taken - 1), PiiType.NATIONAL_ID, number.kind()));
                return taken;
            }
        }
        return 0;
    }
}
