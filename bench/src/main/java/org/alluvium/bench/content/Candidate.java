package org.alluvium.bench.content;

import de.l3s.boilerpipe.BoilerpipeProcessingException;
import de.l3s.boilerpipe.extractors.ArticleExtractor;
import de.l3s.boilerpipe.extractors.CanolaExtractor;
import de.l3s.boilerpipe.extractors.DefaultExtractor;
import de.l3s.boilerpipe.extractors.ExtractorBase;
import de.l3s.boilerpipe.extractors.LargestContentExtractor;
import io.github.cdimascio.essence.Essence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.dankito.readability4j.Readability4J;
import net.dankito.readability4j.extended.Readability4JExtended;
import org.alluvium.ingest.html.HtmlText;
import org.jsoup.Jsoup;

/**
 * A way from a page to its text.
 *
 * @param label what it is, with its version
 * @param extractor makes the text
 */
record Candidate(String label, UnaryOperator<String> extractor) {

    private static final String ADDRESS = "http://page.invalid/";

    static final List<Candidate> ALL = List.of(
            new Candidate("Alluvium: Readability4J, prepared", Candidate::ours),
            new Candidate("Readability4J 1.0.8", html -> text(new Readability4J(ADDRESS, html))),
            new Candidate("Readability4J 1.0.8, extended", html -> text(new Readability4JExtended(ADDRESS, html))),
            new Candidate("boilerpipe 1.2.2, article", html -> text(ArticleExtractor.INSTANCE, html)),
            new Candidate("boilerpipe 1.2.2, default", html -> text(DefaultExtractor.INSTANCE, html)),
            new Candidate("boilerpipe 1.2.2, largest content", html -> text(LargestContentExtractor.INSTANCE, html)),
            new Candidate("boilerpipe 1.2.2, canola", html -> text(CanolaExtractor.INSTANCE, html)),
            new Candidate("essence 0.13.0", html -> Essence.extract(html).getText()),
            new Candidate(
                    "all text of the body, jsoup 1.22.1",
                    html -> Jsoup.parse(html).body().text()));

    /** The text that this makes of a page. */
    String extract(String html) {
        return extractor.apply(html);
    }

    private static String ours(String html) {
        return HtmlText.extract(html.getBytes(StandardCharsets.UTF_8), Optional.empty())
                .text();
    }

    private static String text(Readability4J readability) {
        return Objects.requireNonNullElse(readability.parse().getTextContent(), "");
    }

    private static String text(ExtractorBase extractor, String html) {
        try {
            return extractor.getText(html);
        } catch (BoilerpipeProcessingException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
