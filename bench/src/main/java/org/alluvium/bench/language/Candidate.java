package org.alluvium.bench.language;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.ingest.language.LanguageScore;

/**
 * A way from a text to the tag of its language.
 *
 * @param label what it is, with its version
 * @param identifier gives the tag; {@code und} if there is none
 */
record Candidate(String label, UnaryOperator<String> identifier) {

    private static final String OPENNLP_MODEL = "/langdetect-183.bin";

    /** Tags of OpenNLP that the tables of the JDK have no two letters for. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "cmn", "zh-Hans", "ekk", "et", "lvs", "lv", "pes", "fa", "plt", "mg", "heb", "he", "ind", "id", "yid",
            "yi");

    /** Tags for what the truth calls by one name. */
    private static final Map<String, String> SAME =
            Map.of("zh", "zh-Hans", "nb", "no", "nn", "no", "ca-valencia", "ca", "racv", "ca");

    static List<Candidate> all() throws IOException {
        LanguageIdentifier bundled = LanguageIdentifier.bundled();
        LanguageDetectorME openNlp =
                new LanguageDetectorME(new LanguageDetectorModel(Candidate.class.getResourceAsStream(OPENNLP_MODEL)));
        Map<String, String> tags = twoLetters();
        return List.of(
                new Candidate("Alluvium", text -> first(bundled.identify(text))),
                new Candidate("OpenNLP 2.5.4, model 1.8.3", text -> tag(openNlp, tags, text)));
    }

    /** Whether the tag that this gives is the true one. */
    boolean isRight(String text, String truth) {
        String tag = identifier.apply(text);
        return SAME.getOrDefault(tag, tag).equals(SAME.getOrDefault(truth, truth));
    }

    private static String first(List<LanguageScore> scores) {
        return scores.isEmpty() ? "und" : scores.get(0).tag();
    }

    private static String tag(LanguageDetectorME openNlp, Map<String, String> tags, String text) {
        String language = openNlp.predictLanguage(text).getLang();
        return tags.getOrDefault(language, language);
    }

    private static Map<String, String> twoLetters() {
        Map<String, String> tags = new HashMap<>(OTHER_NAMES);
        for (String tag : Locale.getISOLanguages()) {
            tags.putIfAbsent(Locale.of(tag).getISO3Language(), tag);
        }
        return tags;
    }
}
