package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.alluvium.ingest.quality.Features;
import org.alluvium.ingest.quality.QualityModelFile;
import org.alluvium.ingest.quality.QualityTrainer;
import org.alluvium.ingest.text.ContentHasher;

/** Texts of every kind of quality, always the same, and a recipe of filters that has something to say of them. */
final class JudgedTexts {

    private static final String[] WORDS =
            ("the of and to in that it was his with as for had you not be is at on by which have or from this him but all she they"
                            + " were my are me one their so an said them we who would been will no when there if more out up into do any your"
                            + " what has man could other than our some very time upon about may its only now like little then can should made")
                    .split(" ");
    private static final String[] SPAM = "buy cheap pills now casino bonus click here free offer".split(" ");

    private JudgedTexts() {}

    /** Prose, prose with personal data, spam, repetition and items of an evaluation set; every tenth text has come before. */
    static List<String> texts(int count) {
        SplittableRandom random = new SplittableRandom(5);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(i % 10 == 9 ? texts.get(random.nextInt(i)) : text(i, random));
        }
        return texts;
    }

    private static String text(int number, SplittableRandom random) {
        String prose = sentences(WORDS, 3 + random.nextInt(12), random);
        return switch (number % 6) {
            case 0 -> prose + "\nWrite to person" + number + "@example.org for more.";
            case 1 -> sentences(SPAM, 2 + random.nextInt(10), random);
            case 2 -> (prose.substring(0, prose.indexOf('.') + 1) + "\n").repeat(2 + random.nextInt(8));
            case 3 -> sentences(WORDS, 12, random) + " " + evaluationItem() + " " + sentences(WORDS, 12, random);
            default -> prose;
        };
    }

    private static String sentences(String[] words, int count, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < count; sentence++) {
            int length = 6 + random.nextInt(12);
            for (int word = 0; word < length; word++) {
                text.append(word == 0 ? "" : " ").append(words[random.nextInt(words.length)]);
            }
            text.append(random.nextInt(4) == 0 ? ".\n" : ". ");
        }
        return text.toString().strip();
    }

    private static String evaluationItem() {
        return "Which of these rivers is the longest one that does not reach the sea but ends in a desert?";
    }

    /**
     * Writes what the filters need.
     *
     * @return the {@code filters} and {@code mixture} sections, which name it
     */
    static String writeRecipe(Path folder) throws IOException {
        Files.writeString(folder.resolve("evaluation.txt"), evaluationItem() + "\n");
        QualityTrainer trainer = new QualityTrainer(QualityTrainer.Plan.of(Features.WORDS));
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 60; i++) {
            boolean reference = i % 2 == 0;
            String text = sentences(reference ? WORDS : SPAM, 5, random);
            trainer.add(ContentHasher.v1(text), text, reference);
        }
        QualityModelFile.write(trainer.train(), folder.resolve("quality.bin"));
        return """
                filters:
                  rules: [{}]
                  language: {identify: true, minConfidence: 0}
                  pii: {email: redact}
                  decontamination: {sets: [{name: rivers, path: evaluation.txt}], window: 20, minPiece: 20}
                  quality: {model: quality.bin}
                mixture: {weights: {otherEpochs: 1.5}}
                """;
    }
}
