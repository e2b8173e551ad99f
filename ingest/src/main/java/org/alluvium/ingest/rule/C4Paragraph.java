package org.alluvium.ingest.rule;

import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.C4ParagraphConfig;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/**
 * The rule of mC4: Xue et al., "mT5" (2021): a page has three lines of at least 200 characters. What is measured is the length
 * of the third longest.
 */
public final class C4Paragraph implements Filter {

    private final C4ParagraphConfig config;

    public C4Paragraph(C4ParagraphConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "c4_paragraph";
    }

    @Override
    public Decision judge(Subject subject) {
        return measure(subject).decision();
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return measure(subject).findings();
    }

    private Measurement measure(Subject subject) {
        Pieces lines = Pieces.betweenLineFeeds(subject.text());
        int[] lengths =
                IntStream.range(0, lines.count()).map(lines::length).sorted().toArray();
        int last = lengths.length - config.minParagraphs();
        Measurement measurement = new Measurement(true);
        measurement.atLeast("too_few_paragraphs", last < 0 ? 0 : lengths[last], config.minLength());
        return measurement;
    }
}
