package org.alluvium.ingest.recipe;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.LanguageTags;
import org.alluvium.contracts.config.RuleSetConfig;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.rule.C4BadWords;
import org.alluvium.ingest.rule.C4Paragraph;
import org.alluvium.ingest.rule.C4Quality;
import org.alluvium.ingest.rule.FineWebQuality;
import org.alluvium.ingest.rule.GopherQuality;
import org.alluvium.ingest.rule.GopherRepetition;

/** The sets of rules of a configuration, as one list of filters of which each knows the languages it is meant for. */
final class RuleSets {

    private final List<RuleSetConfig> sets;

    RuleSets(List<RuleSetConfig> sets) {
        this.sets = sets;
    }

    List<Filter> filters() {
        return sets.stream()
                .flatMap(set -> set.families().stream().map(family -> filter(set, family)))
                .toList();
    }

    private Filter filter(RuleSetConfig set, RuleSetConfig.Family family) {
        Filter rules = switch (family) {
            case GOPHER_REPETITION -> new GopherRepetition(set.gopherRepetition());
            case GOPHER_QUALITY -> new GopherQuality(set.gopherQuality());
            case C4_QUALITY -> new C4Quality(set.c4Quality());
            case C4_PARAGRAPH -> new C4Paragraph(set.c4Paragraph());
            case C4_BAD_WORDS -> new C4BadWords(set.c4BadWords());
            case FINEWEB_QUALITY -> new FineWebQuality(set.finewebQuality());
        };
        return sets.size() == 1 && set.languages().isEmpty() ? rules : new OfSet(rules, set);
    }

    /** The set for a language: the first that names it, or the one for all others. */
    private Optional<RuleSetConfig> set(Optional<String> language) {
        return sets.stream()
                .filter(set -> set.languages().stream()
                        .anyMatch(tag -> language.filter(actual -> LanguageTags.means(tag, actual))
                                .isPresent()))
                .findFirst()
                .or(() -> sets.stream().filter(set -> set.languages().isEmpty()).findFirst());
    }

    /** One family of rules for the languages of its set. */
    private final class OfSet implements Filter {

        private final Filter rules;
        private final RuleSetConfig set;

        OfSet(Filter rules, RuleSetConfig set) {
            this.rules = rules;
            this.set = set;
        }

        @Override
        public String name() {
            return rules.name();
        }

        @Override
        public boolean concerns(Subject subject) {
            return set(subject.language()).equals(Optional.of(set));
        }

        @Override
        public Decision judge(Subject subject) {
            return rules.judge(subject);
        }

        @Override
        public List<Finding> examine(Subject subject) {
            return rules.examine(subject);
        }
    }
}
