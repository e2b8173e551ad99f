package org.alluvium.tokenizer.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.TrainerSpec;

/**
 * What trainers learn from: the words of a text with their counts, and its alphabet, as {@code spm_train} makes them. Rare
 * characters, which the alphabet does not cover, stand in the words as {@link #UNKNOWN}, and so do pieces that the vocabulary has
 * anyway; no piece may hold one. Immutable.
 *
 * @param words frequent ones first; whole sentences in the order of the text where the settings do not split by white space
 * @param alphabet the characters to have pieces with their counts, frequent ones first and then by code point; a required one that
 *     does not occur has 0
 * @param sentences number of sentences that were taken
 * @param seen number of sentences they were drawn from
 * @param skipped number of sentences left out as too long or for a character that is reserved
 */
public record TrainingText(Words words, Map<Integer, Long> alphabet, long sentences, long seen, long skipped) {

    /** Stands for a space in words and pieces. */
    public static final int SPACE_SYMBOL = 0x2581;

    /** Stands for a character outside of the alphabet; sentences that have it are left out. */
    public static final int UNKNOWN = 0x2585;

    /** Stands for a piece that is there anyway until the alphabet is known, which never has it. */
    static final int BOUNDARY = '\t';

    /**
     * Reads a text.
     *
     * @throws DataException if there is nothing in it to train on
     * @throws ConfigException if its alphabet is too large for the vocabulary asked for, or it is too large for the heap
     */
    public static TrainingText read(TrainingSettings settings, SentenceSource source) {
        SentenceCounts counts = new SentenceCounts(settings);
        try {
            counts.read(source);
            return of(settings, counts);
        } catch (OutOfMemoryError e) {
            throw TooMuchText.forHeap(counts.sentences(), e);
        }
    }

    private static TrainingText of(TrainingSettings settings, SentenceCounts counted) {
        Words words = counted.words();
        Map<Integer, Long> alphabet = alphabet(settings.trainer(), words);
        checkRoom(settings.trainer(), alphabet.size());
        Words covered = cover(words, alphabet.keySet());
        return new TrainingText(
                splits(settings.trainer()) ? covered.sorted() : covered,
                alphabet,
                counted.sentences(),
                counted.seen(),
                counted.skipped());
    }

    /** Whether words are what is between spaces, rather than whole sentences. */
    static boolean splits(TrainerSpec spec) {
        return spec.splitByWhitespace() || spec.modelType() == ModelType.WORD || spec.modelType() == ModelType.CHAR;
    }

    private static Map<Integer, Long> alphabet(TrainerSpec spec, Words words) {
        Map<Integer, Long> counts = new HashMap<>();
        Set<Integer> required = new HashSet<>();
        spec.requiredChars().codePoints().filter(point -> point != 0).forEach(point -> {
            required.add(point);
            counts.put(point, 0L);
        });
        long all = countCharacters(words, counts);
        if (all == 0) {
            throw new DataException(
                    "there is no text to train on",
                    "the files named",
                    "Name files with text; lines longer than --max-sentence-length are left out.");
        }
        List<Map.Entry<Integer, Long>> order = new ArrayList<>(counts.entrySet());
        order.sort(Comparator.<Map.Entry<Integer, Long>, Boolean>comparing(entry -> !required.contains(entry.getKey()))
                .thenComparing(byCount()));
        Map<Integer, Long> alphabet = new HashMap<>();
        long accumulated = 0;
        for (Map.Entry<Integer, Long> entry : order) {
            if (!spec.useAllVocab() && (float) (1.0 * accumulated / all) >= spec.characterCoverage()) {
                break;
            }
            accumulated += entry.getValue();
            if (entry.getKey() != BOUNDARY) {
                alphabet.put(entry.getKey(), entry.getValue());
            }
        }
        Map<Integer, Long> sorted = new LinkedHashMap<>();
        alphabet.entrySet().stream().sorted(byCount()).forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(sorted);
    }

    private static Comparator<Map.Entry<Integer, Long>> byCount() {
        return Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey());
    }

    private static long countCharacters(Words words, Map<Integer, Long> counts) {
        long[] basic = new long[Character.MAX_CODE_POINT + 1];
        for (int w = 0; w < words.size(); w++) {
            for (int i = words.start(w); i < words.end(w); i++) {
                basic[words.points()[i]] += words.count(w);
            }
        }
        long all = 0;
        for (int point = 1; point < basic.length; point++) {
            if (basic[point] > 0) {
                counts.merge(point, basic[point], Long::sum);
                all += basic[point];
            }
        }
        return all;
    }

    /** The words with {@link #UNKNOWN} for what is not in the alphabet; words that become the same are one. */
    private static Words cover(Words words, Set<Integer> alphabet) {
        boolean[] covered = new boolean[Character.MAX_CODE_POINT + 1];
        alphabet.forEach(point -> covered[point] = true);
        WordTable table = new WordTable();
        int[] word = new int[16];
        for (int w = 0; w < words.size(); w++) {
            int length = words.end(w) - words.start(w);
            word = length > word.length ? new int[2 * length] : word;
            for (int i = 0; i < length; i++) {
                int point = words.points()[words.start(w) + i];
                word[i] = covered[point] ? point : UNKNOWN;
            }
            table.add(word, 0, length, words.count(w), words.places(w));
        }
        return table.words();
    }

    private static void checkRoom(TrainerSpec spec, int characters) {
        int needed = MetaPieces.of(spec).size() + characters;
        boolean pieces = spec.modelType() == ModelType.UNIGRAM || spec.modelType() == ModelType.BPE;
        if (pieces && needed > spec.vocabSize()) {
            throw new ConfigException(
                    "a vocabulary of " + spec.vocabSize() + " pieces is too small for the " + characters
                            + " characters of the text and " + (needed - characters) + " pieces that are there anyway",
                    "--size",
                    "The nearest is --size " + needed + "; or lower --character-coverage.");
        }
    }

    /** The characters of the alphabet, in its order. */
    int[] characters() {
        return alphabet.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
