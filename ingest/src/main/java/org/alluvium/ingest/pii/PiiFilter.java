package org.alluvium.ingest.pii;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.alluvium.contracts.config.PiiConfig;
import org.alluvium.contracts.config.PiiConfig.Action;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.pii.national.LetteredIds;
import org.alluvium.ingest.pii.national.NationalNumberRule;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/**
 * Redacts or masks personal data and secrets, or drops the documents that hold them, by type. Its edits count what was taken
 * out by {@linkplain PiiSpan#kind kind}. Its rules are {@code too_many} and, for each type that drops a document, the label
 * of the type; all of them measure how many there are.
 *
 * <p>What was taken out once is not found again: neither placeholders nor masks look like any of it.
 */
public final class PiiFilter implements Filter {

    private static final String TOO_MANY = "too_many";

    private final Map<PiiType, Action> actions;
    private final int maxSpans;
    private final PiiScanner scanner;
    private final Redaction redaction;

    /** @throws ConfigException if no national id is known of one of the countries */
    public PiiFilter(PiiConfig config) {
        checkCountries(config.countries());
        actions = actions(config);
        maxSpans = config.maxSpans();
        scanner = new PiiScanner(actions.keySet(), Set.copyOf(config.countries()));
        redaction = new Redaction(actions);
    }

    private static void checkCountries(List<String> wanted) {
        Set<String> known = new TreeSet<>(LetteredIds.COUNTRIES);
        known.addAll(NationalNumberRule.COUNTRIES);
        for (String country : wanted) {
            if (!known.contains(country)) {
                throw new ConfigException(
                        "no national id is known of '" + country + "'",
                        "filters.pii.countries",
                        "Name some of " + String.join(", ", known));
            }
        }
    }

    private static Map<PiiType, Action> actions(PiiConfig config) {
        Map<PiiType, Action> actions = new EnumMap<>(PiiType.class);
        for (PiiType type : PiiType.values()) {
            Action action = switch (type) {
                case EMAIL -> config.email();
                case PHONE -> config.phone();
                case IPV4, IPV6 -> config.ip();
                case IBAN -> config.iban();
                case CREDIT_CARD -> config.creditCard();
                case NATIONAL_ID -> config.nationalId();
                case SECRET -> config.secret();
            };
            if (action != Action.KEEP) {
                actions.put(type, action);
            }
        }
        return actions;
    }

    /** Whether anything at all is to be looked for. */
    public static boolean isOn(PiiConfig config) {
        return !actions(config).isEmpty();
    }

    @Override
    public String name() {
        return "pii";
    }

    @Override
    public Decision judge(Subject subject) {
        List<PiiSpan> spans = scanner.scan(subject.text());
        if (spans.isEmpty()) {
            return Decision.KEEP;
        }
        List<Finding> findings = findings(spans);
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.fails()) {
                return new Decision.Drop(finding.rule(), (long) finding.value() + " found", findings.subList(0, i + 1));
            }
        }
        return new Decision.Change(subject.withText(redaction.apply(subject.text(), spans)), counts(spans));
    }

    private static Map<String, Long> counts(List<PiiSpan> spans) {
        Map<String, Long> counts = new TreeMap<>();
        spans.forEach(span -> counts.merge(span.kind(), 1L, Long::sum));
        return counts;
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return findings(scanner.scan(subject.text()));
    }

    /** Only what can drop a document is measured against something. */
    private List<Finding> findings(List<PiiSpan> spans) {
        List<Finding> findings = new ArrayList<>();
        if (maxSpans > 0) {
            findings.add(Finding.atMost(TOO_MANY, spans.size(), maxSpans));
        }
        actions.forEach((type, action) -> {
            if (action == Action.DROP) {
                long count = spans.stream().filter(span -> span.type() == type).count();
                findings.add(Finding.atMost(type.label(), (double) count, 0));
            }
        });
        return findings;
    }
}
