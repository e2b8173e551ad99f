package org.alluvium.contracts.config;

import java.util.HashSet;
import java.util.List;
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

    /** Every rule set must be the first for some document, in each of its languages. */
    private static void rules(List<RuleSetConfig> sets, Report report) {
        for (int i = 0; i < sets.size(); i++) {
            List<String> languages = sets.get(i).languages();
            for (int j = 0; j < i; j++) {
                for (String taken : taken(languages, sets.get(j).languages())) {
                    report.problem(
                            rules(i) + ".languages",
                            taken.formatted(rules(j)),
                            "one rule set for a language, before those that are meant for more of them, and one without"
                                    + " languages for all others");
                }
            }
        }
    }

    private static String rules(int set) {
        return "filters.rules[" + set + "]";
    }

    /** What is wrong with the languages of a set because an earlier one is asked first; that set's name is to be put in. */
    private static List<String> taken(List<String> languages, List<String> earlier) {
        if (languages.isEmpty() && earlier.isEmpty()) {
            return List.of("is empty as in %s");
        }
        return languages.stream()
                .flatMap(language -> earlier.stream()
                        .filter(tag -> LanguageTags.means(tag, language))
                        .limit(1)
                        .map(tag -> tag.equals(language)
                                ? "has '" + language + "', which %s has already"
                                : "has '" + language + "', which '" + tag + "' of %s means already"))
                .toList();
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
