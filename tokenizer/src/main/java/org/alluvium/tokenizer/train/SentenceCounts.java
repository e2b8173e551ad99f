package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.Comparator;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.TrainerSpec;

/** Sentences, all or a sample, counted by their words. Not thread-safe. */
final class SentenceCounts {

    private final TrainingSettings settings;
    private final TrainerSpec spec;
    private final WordTable table = new WordTable();
    private final TextNormalizer normalizer;
    private final PieceMatcher matcher;
    private final WordSplitter splitter;
    private final Points normalized = new Points();
    private final Points matched = new Points();
    private int[] order = new int[1 << 8];
    private long eligible;
    private long skipped;
    private long taken;
    private long seen;

    SentenceCounts(TrainingSettings settings) {
        this.settings = settings;
        this.spec = settings.trainer();
        this.normalizer = new TextNormalizer(settings.normalizer(), spec.treatWhitespaceAsSuffix());
        this.matcher = new PieceMatcher(MetaPieces.texts(spec));
        boolean wordModel = spec.modelType() == ModelType.WORD;
        this.splitter = new WordSplitter(
                spec.treatWhitespaceAsSuffix() && !wordModel, spec.allowWhitespaceOnlyPieces() && !wordModel);
    }

    /** Reads the text, once. */
    void read(SentenceSource source) {
        if (spec.inputSentenceSize() == 0) {
            readAll(source);
        } else if (spec.shuffleInputSentence()) {
            readSample(source);
        } else {
            readFirst(source);
        }
    }

    Words words() {
        return TrainingText.splits(spec) ? table.words() : inOrder(table.words());
    }

    long sentences() {
        return taken;
    }

    long seen() {
        return seen;
    }

    long skipped() {
        return skipped;
    }

    private void readAll(SentenceSource source) {
        source.read((text, from, to, count) -> {
            if (isEligible(text, from, to)) {
                put((int) Math.min(taken, Integer.MAX_VALUE), text, from, to, count);
            }
            return true;
        });
        seen = eligible;
    }

    private void readFirst(SentenceSource source) {
        source.read((text, from, to, count) -> {
            if (isEligible(text, from, to)) {
                put((int) taken, text, from, to, count);
            }
            return taken < spec.inputSentenceSize();
        });
        seen = eligible;
    }

    /** First finds out which sentences are drawn, then takes them: so none needs to be kept. */
    private void readSample(SentenceSource source) {
        Reservoir reservoir = new Reservoir((int) spec.inputSentenceSize(), settings.seed());
        source.read((text, from, to, count) -> {
            if (isEligible(text, from, to)) {
                reservoir.add();
            }
            return true;
        });
        seen = eligible;
        long[] chosen = reservoir.chosen();
        Integer[] slots = new Integer[chosen.length];
        Arrays.setAll(slots, i -> i);
        Arrays.sort(slots, Comparator.comparingLong(slot -> chosen[slot]));
        eligible = 0;
        skipped = 0;
        source.read((text, from, to, count) -> {
            int next = (int) taken;
            if (next < slots.length && isEligible(text, from, to) && eligible - 1 == chosen[slots[next]]) {
                put(slots[next], text, from, to, count);
            }
            return true;
        });
    }

    private boolean isEligible(byte[] text, int from, int to) {
        if (from == to) {
            return false;
        }
        if (to - from > spec.maxSentenceLength() || hasReserved(text, from, to)) {
            skipped++;
            return false;
        }
        eligible++;
        return true;
    }

    /** Whether {@link TrainingText#UNKNOWN} is in it, E2 96 85 in UTF-8. */
    private static boolean hasReserved(byte[] text, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if (text[i] == (byte) 0xE2 && text[i + 1] == (byte) 0x96 && text[i + 2] == (byte) 0x85) {
                return true;
            }
        }
        return false;
    }

    private void put(int slot, byte[] text, int from, int to, long count) {
        normalized.clear();
        matched.clear();
        normalizer.normalize(text, from, to, normalized);
        matcher.replace(normalized, TrainingText.BOUNDARY, matched);
        taken++;
        if (TrainingText.splits(spec)) {
            int inside = spec.treatWhitespaceAsSuffix() ? Words.ANYWHERE : Words.INSIDE;
            splitter.split(
                    matched.values,
                    0,
                    matched.size,
                    (points, begin, end) ->
                            table.add(points, begin, end, count, end == matched.size ? Words.LAST : inside));
        } else {
            while (slot >= order.length) {
                order = Arrays.copyOf(order, 2 * order.length);
            }
            order[slot] = matched.size == 0 ? -1 : table.add(matched.values, 0, matched.size, count, Words.LAST);
        }
    }

    /** Whole sentences as the trainer has them, which fills the place of an empty one with the last that is left. */
    private Words inOrder(Words words) {
        int size = (int) taken;
        for (int i = 0; i < size; i++) {
            if (order[i] < 0) {
                size--;
                order[i] = order[size];
            }
        }
        int[] distinct = Arrays.stream(order, 0, size)
                .filter(word -> word >= 0)
                .distinct()
                .toArray();
        return words.pick(distinct);
    }
}
