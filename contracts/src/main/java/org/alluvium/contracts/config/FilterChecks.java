package org.alluvium.contracts.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.config.CrossChecks.Report;
import org.alluvium.contracts.config.DecontaminationConfig.EvaluationSet;

/** Whether filters can be what is configured. */
final class FilterChecks {

    private FilterChecks() {}

    static void run(FiltersConfig filters, Report report) {
        language(filters.language(), report);
        rules(filters.rules(), report);
        evaluationSets(filters.decontamination().sets(), report);
    }

    private static void language(LanguageConfig language, Report report) {
        boolean asked = !language.keep().isEmpty() || language.paragraphs() == LanguageConfig.Paragraphs.SAME;
        if (asked && !language.identify()) {
            report.problem("filters.language.identify", "is false, so that no language is known to keep", "true");
        }
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

    /** Reports name a set, so each needs a name of its own. */
    private static void evaluationSets(List<EvaluationSet> sets, Report report) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sets.size(); i++) {
            String name = sets.get(i).name();
            if (name.isEmpty() || !names.add(name)) {
                report.problem(
                        "filters.decontamination.sets[" + i + "].name",
                        name.isEmpty() ? "is empty" : "is '" + name + "' again",
                        "a name of its own for every set");
            }
        }
    }
}
