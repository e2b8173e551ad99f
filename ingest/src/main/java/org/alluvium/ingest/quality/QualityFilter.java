package org.alluvium.ingest.quality;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.config.LanguageTags;
import org.alluvium.contracts.config.QualityConfig;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.text.ContentHasher;

/** Scores documents, and drops those whose score is not what the rule demands of them. */
public final class QualityFilter implements Filter {

    private final QualityModel model;
    private final KeepRule rule;
    private final Scope scope;

    public QualityFilter(QualityModel model, KeepRule rule, Scope scope) {
        this.model = model;
        this.rule = rule;
        this.scope = scope;
    }

    /**
     * Which documents are judged.
     *
     * @param sources that they come from; empty for all
     * @param languages that they are in, each with all its scripts and regions; empty for all
     */
    public record Scope(Set<String> sources, Set<String> languages) {

        /** Every document. */
        public static final Scope ALL = new Scope(Set.of(), Set.of());

        public Scope {
            sources = Set.copyOf(sources);
            languages = Set.copyOf(languages);
        }

        boolean holds(Subject subject) {
            return (sources.isEmpty() || sources.contains(subject.document().source()))
                    && (languages.isEmpty()
                            || subject.language().filter(this::isOfThese).isPresent());
        }

        private boolean isOfThese(String language) {
            return languages.stream().anyMatch(tag -> LanguageTags.means(tag, language));
        }
    }

    /** The filter that a configuration asks for, with this model. */
    public static QualityFilter of(QualityConfig config, QualityModel model) {
        Scope scope = new Scope(Set.copyOf(config.sources()), Set.copyOf(config.languages()));
        return new QualityFilter(model, KeepRule.of(config), scope);
    }

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public Decision judge(Subject subject) {
        List<Finding> findings = examine(subject);
        if (findings.isEmpty()) {
            return Decision.KEEP;
        }
        Finding finding = findings.get(0);
        return finding.fails()
                ? new Decision.Drop(finding.rule(), "", findings)
                : new Decision.Change(subject.withQuality(finding.value()), Map.of());
    }

    @Override
    public List<Finding> examine(Subject subject) {
        if (!scope.holds(subject)) {
            return List.of();
        }
        double score = model.score(subject.text());
        return List.of(Finding.atLeast(rule.reason(), score, rule.demands(ContentHasher.v1(subject.text()))));
    }
}
