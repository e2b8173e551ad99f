package org.alluvium.contracts.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.CrossChecks.Report;

/** Whether filters can be what is configured. */
final class FilterChecks {

    private FilterChecks() {}

    static void run(FiltersConfig filters, Report report) {
        rules(filters.rules(), report);
    }

    /** Every rule set must be the first for some document. */
    private static void rules(List<RuleSetConfig> sets, Report report) {
        Map<String, String> firstOf = new HashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            String key = "filters.rules[" + i + "]";
            List<String> languages = sets.get(i).languages();
            for (String language : languages.isEmpty() ? List.of("") : languages) {
                String first = firstOf.putIfAbsent(language, key);
                if (first != null) {
                    report.problem(
                            key + ".languages",
                            language.isEmpty()
                                    ? "is empty as in " + first
                                    : "has '" + language + "', which " + first + " has already",
                            "one rule set for a language, and one without languages for all others");
                }
            }
        }
    }
}
