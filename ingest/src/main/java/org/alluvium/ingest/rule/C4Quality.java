package org.alluvium.ingest.rule;

import java.util.List;
import org.alluvium.contracts.config.C4QualityConfig;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.rule.C4Line.Fate;

/**
 * C4's rules for lines and pages: Raffel et al., "Exploring the Limits of Transfer Learning" (2020), section 2.2, as FineWeb's
 * pipeline applies them. Each line goes through the rules by itself. Most cut the line; {@code lorem_ipsum} and
 * {@code curly_bracket} drop the page, unless an earlier rule has cut their line. What is left must have enough sentences.
 *
 * <p>The words of a line are counted before citation marks are taken out, and white space that then stands at the end of the
 * line is not, as in the reference. Sentences are ours, {@link org.alluvium.ingest.words.Sentences}.
 */
public final class C4Quality implements Filter {

    private final C4QualityConfig config;

    public C4Quality(C4QualityConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "c4_quality";
    }

    @Override
    public Decision judge(Subject subject) {
        C4Page page = new C4Page(config, subject).read(false);
        Measurement measurement = measure(page, false);
        if (measurement.hasFailed()) {
            return measurement.decision();
        }
        String text = Pieces.strip(page.text());
        return text.equals(subject.text()) ? Decision.KEEP : new Decision.Change(subject.withText(text), page.edits());
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return measure(new C4Page(config, subject).read(true), true).findings();
    }

    private Measurement measure(C4Page page, boolean whole) {
        Measurement measurement = new Measurement(whole);
        if (!measurement.none("lorem_ipsum", page.count(Fate.LOREM_IPSUM), config.loremIpsum())
                && !measurement.none("curly_bracket", page.count(Fate.CURLY_BRACKET), config.curlyBracket())) {
            measurement.atLeast("too_few_sentences", page.sentences(), config.minSentences());
        }
        return measurement;
    }
}
