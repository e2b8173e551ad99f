package org.alluvium.ingest.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.LanguageConfig;
import org.alluvium.contracts.config.LanguageConfig.Paragraphs;
import org.alluvium.contracts.config.LanguageTags;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/**
 * Keeps documents of some languages, labels each with its own, and cuts paragraphs in others. A document that several of the kept
 * languages are in has the label of the most likely one of them.
 *
 * <p>The rule is {@code language_score}: how sure it is that a document is in one of the languages that are kept, as FineWeb's
 * pipeline asks of fastText (there, a score of exactly the threshold drops the document).
 */
public final class LanguageFilter implements Filter {

    private static final String RULE = "language_score";

    private final LanguageIdentifier identifier;
    private final LanguageConfig config;

    /**
     * The filter that a configuration asks for.
     *
     * @throws ConfigException if a language is to be kept that the identifier does not know
     */
    public LanguageFilter(LanguageConfig config, LanguageIdentifier identifier) {
        this.config = config;
        this.identifier = identifier;
        for (String tag : config.keep()) {
            if (identifier.languages().stream().noneMatch(known -> LanguageTags.means(tag, known))) {
                throw new ConfigException(
                        "nothing is ever identified as '" + tag + "'",
                        "filters.language.keep",
                        "Choose among " + String.join(", ", identifier.languages()));
            }
        }
    }

    @Override
    public String name() {
        return "language";
    }

    @Override
    public Decision judge(Subject subject) {
        List<LanguageScore> scores = identifier.identify(subject.text());
        Optional<LanguageScore> kept = kept(scores);
        Finding finding = finding(kept);
        if (kept.isEmpty() || finding.fails()) {
            return new Decision.Drop(RULE, describe(scores), List.of(finding));
        }
        String tag = kept.get().tag();
        Subject labelled = subject.withLanguage(tag, kept.get().confidence());
        return config.paragraphs() == Paragraphs.SAME ? cut(labelled, tag) : new Decision.Change(labelled, Map.of());
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return List.of(finding(kept(identifier.identify(subject.text()))));
    }

    private Optional<LanguageScore> kept(List<LanguageScore> scores) {
        return scores.stream().filter(score -> isKept(score.tag())).findFirst();
    }

    private boolean isKept(String language) {
        return config.keep().isEmpty() || config.keep().stream().anyMatch(tag -> LanguageTags.means(tag, language));
    }

    private Finding finding(Optional<LanguageScore> kept) {
        return Finding.atLeast(RULE, kept.map(LanguageScore::confidence).orElse(0.0), config.minConfidence());
    }

    private Decision cut(Subject subject, String tag) {
        String text = subject.text();
        List<String> same = new ArrayList<>();
        long cut = 0;
        for (Paragraph paragraph : Paragraph.of(text, identifier)) {
            if (paragraph
                    .language()
                    .filter(language -> isForeign(language, tag))
                    .isPresent()) {
                cut++;
            } else {
                same.add(text.substring(paragraph.start(), paragraph.end()));
            }
        }
        return cut == 0
                ? new Decision.Change(subject, Map.of())
                : new Decision.Change(subject.withText(String.join("\n", same)), Map.of("paragraphs", cut));
    }

    private boolean isForeign(LanguageScore paragraph, String tag) {
        return !paragraph.tag().equals(tag) && paragraph.confidence() >= config.minConfidence();
    }

    private static String describe(List<LanguageScore> scores) {
        return scores.isEmpty()
                ? "no language"
                : String.format(
                        Locale.ROOT,
                        "%s %.3f",
                        scores.get(0).tag(),
                        scores.get(0).confidence());
    }
}
