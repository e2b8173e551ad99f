package org.alluvium.bench.ablation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One way to train. A file has one a line: name, share of the token budget, and configuration keys, separated by blanks;
 * {@code #} begins a comment. The key {@value #DECAY_SHARE} stands for {@code train.optimizer.decaySteps}, as a share of the
 * steps.
 *
 * <pre>
 * adamw-cosine  1.0  train.optimizer.schedule=cosine train.optimizer.learningRate=4e-3
 * muon          0.6  train.optimizer.method=muon decayShare=0.4
 * </pre>
 *
 * @param name of the variant, and of the folder of its runs
 * @param share of the token budget that it is given
 * @param keys {@code key=value} pairs
 */
record Variant(String name, double share, List<String> keys) {

    static final String DECAY_SHARE = "decayShare";

    private static final int NAME_AND_SHARE = 2;

    Variant {
        keys = List.copyOf(keys);
    }

    static List<Variant> readAll(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(Variant::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Variant parse(String line) {
        String[] words = line.split("\\s+");
        if (words.length < NAME_AND_SHARE) {
            throw new IllegalArgumentException("a variant is a name, a share and keys, not: " + line);
        }
        return new Variant(
                words[0], Double.parseDouble(words[1]), Arrays.asList(words).subList(NAME_AND_SHARE, words.length));
    }

    /** The overrides that do not depend on the number of steps. */
    List<String> keysWithoutDecay() {
        return keys.stream().filter(key -> !key.startsWith(DECAY_SHARE + "=")).toList();
    }

    /** The overrides of a run of so many steps. */
    List<String> overrides(long steps) {
        return keys.stream()
                .map(key -> key.startsWith(DECAY_SHARE + "=")
                        ? String.format(Locale.ROOT, "train.optimizer.decaySteps=%d", decaySteps(key, steps))
                        : key)
                .toList();
    }

    private static long decaySteps(String key, long steps) {
        return Math.round(Double.parseDouble(key.substring(DECAY_SHARE.length() + 1)) * steps);
    }
}
