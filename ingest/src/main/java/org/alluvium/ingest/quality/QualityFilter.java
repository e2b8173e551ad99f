package org.alluvium.ingest.quality;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<String> languages;

    /** @param languages that are judged, a language with all its scripts and regions; empty if all are */
    public QualityFilter(QualityModel model, KeepRule rule, Set<String> languages) {
        this.model = model;
        this.rule = rule;
        this.languages = Set.copyOf(languages);
    }

    /** The filter that a configuration asks for, with this model. */
    public static QualityFilter of(QualityConfig config, QualityModel model) {
        return new QualityFilter(model, KeepRule.of(config), Set.copyOf(config.languages()));
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
        if (!isJudged(subject)) {
            return List.of();
        }
        double score = model.score(subject.text());
        return List.of(Finding.atLeast(rule.reason(), score, rule.demands(ContentHasher.v1(subject.text()))));
    }

    private boolean isJudged(Subject subject) {
        return languages.isEmpty() || subject.language().filter(this::isOfThese).isPresent();
    }

    private boolean isOfThese(String tag) {
        return languages.stream().anyMatch(language -> tag.equals(language) || tag.startsWith(language + "-"));
    }
}
