package org.alluvium.ingest.fasttext;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a line a model looks at: its words, the character n-grams of each word between {@code <} and {@code >}, and n-grams of
 * words, each by its row in the matrix of features. Words and rows are found by the 32-bit FNV-1a hash that fastText takes of
 * bytes (which it extends with their sign). Not thread-safe.
 */
final class Features {

    private static final byte[] END_OF_LINE = {'<', '/', 's', '>'};
    private static final int HASH_START = 0x811C9DC5;
    private static final int HASH_FACTOR = 0x01000193;
    private static final long WORD_NGRAM_FACTOR = 116_049_371;

    private final Settings settings;
    private final Words words;
    private final int[] rowOfBucket; // -1 where the bucket was pruned

    private int[] rows = new int[1024];
    private int count;
    private int[] hashes = new int[256];
    private int hashCount;
    private byte[] marked = new byte[256];

    private Features(Settings settings, Words words, int[] rowOfBucket) {
        this.settings = settings;
        this.words = words;
        this.rowOfBucket = rowOfBucket;
    }

    /**
     * Reads the dictionary: number of entries, of words and of labels as int32, of tokens and of kept n-grams as int64 (-1 where
     * all are); each entry as text, count and kind; each kept n-gram as its bucket and its row.
     *
     * @param labels receives the labels in their order
     */
    static Features read(ModelInput in, Settings settings, List<Label> labels) throws IOException {
        int size = in.count(in.int32(), "the number of entries");
        int wordCount = in.count(in.int32(), "the number of words");
        int labelCount = in.count(in.int32(), "the number of labels");
        in.int64(); // tokens that were read in training
        long keptNgrams = in.int64();
        if ((long) wordCount + labelCount != size || labelCount == 0) {
            throw in.damaged(wordCount + " words and " + labelCount + " labels are not " + size + " entries");
        }
        List<byte[]> words = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] text = in.text();
            long occurrences = in.int64();
            if (in.int8() == 0) {
                words.add(text);
            } else {
                labels.add(Label.of(text, occurrences));
            }
        }
        return new Features(settings, new Words(words), rowOfBucket(in, words.size(), settings.buckets(), keptNgrams));
    }

    private static int[] rowOfBucket(ModelInput in, int words, int buckets, long kept) throws IOException {
        int[] rows = new int[buckets];
        if (kept < 0) {
            Arrays.setAll(rows, bucket -> words + bucket);
            return rows;
        }
        Arrays.fill(rows, -1);
        for (long i = 0; i < kept; i++) {
            int bucket = in.int32();
            int row = in.int32();
            if (bucket < 0 || bucket >= buckets || row < 0) {
                throw in.damaged("bucket " + bucket + " has row " + row);
            }
            rows[bucket] = words + row;
        }
        return rows;
    }

    /** Finds the features of the first {@code length} bytes of a line of UTF-8; {@link #row} gives them until the next line. */
    void look(byte[] line, int length) {
        count = 0;
        hashCount = 0;
        int start = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || isSpace(line[i])) {
                if (i > start) {
                    word(line, start, i);
                }
                start = i + 1;
            }
        }
        known(END_OF_LINE, 0, END_OF_LINE.length);
        wordNgrams();
    }

    /** How many rows the matrix of features must have. */
    int rowsNeeded() {
        return Math.max(words.count(), Arrays.stream(rowOfBucket).max().orElse(-1) + 1);
    }

    int count() {
        return count;
    }

    int row(int i) {
        return rows[i];
    }

    private void word(byte[] line, int start, int end) {
        if (!Label.isLabel(line, start, end)) {
            known(line, start, end);
            if (settings.longestNgram() > 0) {
                ngrams(line, start, end);
            }
        }
    }

    /** The word as a whole, if it is one of the model's; and as a part of n-grams of words. */
    private void known(byte[] line, int start, int end) {
        int hash = hash(line, start, end);
        int word = words.find(line, start, end, hash);
        if (word >= 0) {
            add(word);
        }
        if (settings.wordNgram() > 1) {
            hashes = room(hashes, hashCount);
            hashes[hashCount++] = hash;
        }
    }

    private void ngrams(byte[] line, int start, int end) {
        int length = end - start + 2;
        if (marked.length < length) {
            marked = new byte[2 * length];
        }
        marked[0] = '<';
        System.arraycopy(line, start, marked, 1, end - start);
        marked[length - 1] = '>';
        for (int from = 0; from < length; from = next(from, length)) {
            int to = from;
            int hash = HASH_START;
            for (int n = 1; n <= settings.longestNgram() && to < length; n++) {
                int ngramEnd = next(to, length);
                hash = hash(hash, marked, to, ngramEnd);
                to = ngramEnd;
                boolean mark = n == 1 && (from == 0 || to == length);
                if (n >= settings.shortestNgram() && !mark) {
                    addBucket(Integer.remainderUnsigned(hash, settings.buckets()));
                }
            }
        }
    }

    /** The beginning of the next character. */
    private int next(int i, int length) {
        int next = i + 1;
        while (next < length && (marked[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    private void wordNgrams() {
        for (int i = 0; i < hashCount; i++) {
            long hash = hashes[i];
            for (int j = i + 1; j < Math.min(hashCount, i + settings.wordNgram()); j++) {
                hash = hash * WORD_NGRAM_FACTOR + hashes[j];
                addBucket((int) Long.remainderUnsigned(hash, settings.buckets()));
            }
        }
    }

    private void addBucket(int bucket) {
        int row = rowOfBucket[bucket];
        if (row >= 0) {
            add(row);
        }
    }

    private void add(int row) {
        rows = room(rows, count);
        rows[count++] = row;
    }

    private static int[] room(int[] array, int used) {
        return used < array.length ? array : Arrays.copyOf(array, 2 * used);
    }

    private static boolean isSpace(byte b) {
        return switch (b) {
            case ' ', '\n', '\r', '\t', 0x0B, '\f', 0 -> true;
            default -> false;
        };
    }

    static int hash(byte[] bytes, int start, int end) {
        return hash(HASH_START, bytes, start, end);
    }

    private static int hash(int hash, byte[] bytes, int start, int end) {
        int result = hash;
        for (int i = start; i < end; i++) {
            result = (result ^ bytes[i]) * HASH_FACTOR;
        }
        return result;
    }

    /** A label without its prefix, and how often it was seen in training. */
    record Label(String name, long occurrences) {

        private static final byte[] PREFIX = "__label__".getBytes(StandardCharsets.US_ASCII);

        static Label of(byte[] text, long occurrences) {
            int skip = isLabel(text, 0, text.length) ? PREFIX.length : 0;
            return new Label(new String(text, skip, text.length - skip, StandardCharsets.UTF_8), occurrences);
        }

        static boolean isLabel(byte[] bytes, int start, int end) {
            return end - start >= PREFIX.length
                    && Arrays.equals(bytes, start, start + PREFIX.length, PREFIX, 0, PREFIX.length);
        }
    }
}
