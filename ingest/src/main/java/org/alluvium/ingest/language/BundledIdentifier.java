package org.alluvium.ingest.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.ingest.fasttext.FastTextModel;

/**
 * Counts letters. A letter of a script that one language alone is written in is one for that language. Letters of other scripts
 * are put together to {@link Segments}, and those of a segment are shared out among the languages of its script as a small model
 * says. The confidence of a language is its share of all letters, each weighted by {@link Script#weight}; so a text that is half in
 * one language and half in another is said to be just that.
 *
 * <p>Chinese and Japanese share Chinese characters: they are Japanese where kana are at least {@value #LEAST_KANA} of both, else
 * traditional and simplified as the characters that only one of the two has. Greek with more than {@value #LEAST_POLYTONIC} of
 * polytonic letters is ancient.
 *
 * <p>The model is a file of fastText, made as docs/design/0014-language.md describes.
 */
final class BundledIdentifier implements LanguageIdentifier {

    private static final String MODEL = "languages.ftz";
    private static final double LEAST_KANA = 0.05;
    private static final double LEAST_POLYTONIC = 0.02;
    private static final double LEAST_CONFIDENCE = 0.001;

    private final FastTextModel model;
    private final ChineseCharacters chinese = new ChineseCharacters();
    private final Map<Script, int[]> labels = new EnumMap<>(Script.class);

    BundledIdentifier(FastTextModel model) {
        this.model = model;
        for (Script script : Script.values()) {
            if (script.needsModel()) {
                labels.put(
                        script,
                        script.languages().stream()
                                .mapToInt(model.labels()::indexOf)
                                .toArray());
            }
        }
    }

    static BundledIdentifier load() {
        try (InputStream in = BundledIdentifier.class.getResourceAsStream(MODEL)) {
            return new BundledIdentifier(FastTextModel.read(in, MODEL).unpacked());
        } catch (IOException e) {
            throw new UncheckedIOException("the model of languages is missing from the program", e);
        }
    }

    @Override
    public List<LanguageScore> identify(String text) {
        Count count = new Count();
        Segments segments = new Segments(count);
        for (Window window : Window.of(text)) {
            segments.add(text, window.start(), window.end());
        }
        segments.finish();
        return count.scores();
    }

    @Override
    public Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        for (Script script : Script.values()) {
            languages.addAll(script.languages());
        }
        return languages;
    }

    /** The letters of one text. */
    private final class Count implements Segments.Sink {

        private final double[] ofLabel = new double[model.labels().size()];
        private final double[] ofScript = new double[Script.values().length];
        private long simplified;
        private long traditional;

        @Override
        public void letter(Script script, int codePoint) {
            ofScript[script.index()] += script.weight();
            if (script == Script.HAN) {
                simplified += chinese.isSimplified(codePoint) ? 1 : 0;
                traditional += chinese.isTraditional(codePoint) ? 1 : 0;
            }
        }

        @Override
        public void segment(Script script, byte[] utf8, int length, int letters) {
            double[] probabilities = model.probabilities(utf8, length);
            double sum = 0;
            for (int label : labels.get(script)) {
                sum += probabilities[label];
            }
            for (int label : labels.get(script)) {
                ofLabel[label] += probabilities[label] / sum * letters * script.weight();
            }
        }

        List<LanguageScore> scores() {
            Map<String, Double> letters = new LinkedHashMap<>();
            for (int i = 0; i < ofLabel.length; i++) {
                letters.put(model.labels().get(i), ofLabel[i]);
            }
            for (Script script : Script.values()) {
                if (script.languages().size() == 1) {
                    letters.put(script.languages().get(0), ofScript[script.index()]);
                }
            }
            shareHan(letters);
            shareGreek(letters);
            double all =
                    letters.values().stream().mapToDouble(Double::doubleValue).sum();
            List<LanguageScore> scores = new ArrayList<>();
            letters.forEach((tag, some) -> {
                if (some > LEAST_CONFIDENCE * all) {
                    scores.add(new LanguageScore(tag, some / all));
                }
            });
            scores.sort(Comparator.comparingDouble(LanguageScore::confidence).reversed());
            return scores;
        }

        private void shareHan(Map<String, Double> letters) {
            double han = ofScript[Script.HAN.index()];
            double kana = ofScript[Script.KANA.index()];
            if (kana > LEAST_KANA * (han + kana)) {
                letters.put("ja", han + kana);
            } else {
                double share = (simplified + 1.0) / (simplified + traditional + 1.0);
                letters.put("zh-Hans", han * share);
                letters.put("zh-Hant", han * (1 - share));
            }
        }

        private void shareGreek(Map<String, Double> letters) {
            double polytonic = ofScript[Script.POLYTONIC.index()];
            double greek = ofScript[Script.GREEK.index()] + polytonic;
            boolean ancient = polytonic > LEAST_POLYTONIC * greek;
            letters.put("grc", ancient ? greek : 0);
            letters.put("el", ancient ? 0 : greek);
        }
    }
}
