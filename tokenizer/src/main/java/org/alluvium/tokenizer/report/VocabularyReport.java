package org.alluvium.tokenizer.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;

/** How well a vocabulary fits texts, added one by one. Not thread-safe. */
public final class VocabularyReport {

    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final Vocabulary vocabulary;
    private final long[] counts;
    private final SortedMap<String, Tally> byLanguage = new TreeMap<>();
    private final SortedMap<String, Tally> bySource = new TreeMap<>();

    public VocabularyReport(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.counts = new long[vocabulary.size()];
    }

    /**
     * Adds a text.
     *
     * @param language its language, or what stands for one that is not known
     * @param ids its tokens; marks among them are passed over
     * @return what this text alone adds up to
     */
    public Tally add(String language, String source, String text, int[] ids) {
        long tokens = 0;
        long byteTokens = 0;
        long byteCharacters = 0;
        long unknownTokens = 0;
        for (int id : ids) {
            switch (vocabulary.piece(id).type()) {
                case CONTROL -> {
                    continue;
                }
                case BYTE -> {
                    byteTokens++;
                    byteCharacters += (vocabulary.bytes(id)[0] & CONTINUATION_MASK) == CONTINUATION ? 0 : 1;
                }
                case UNKNOWN -> unknownTokens++;
                case NORMAL, USER_DEFINED, UNUSED -> {
                    // A piece, as it should be.
                }
            }
            tokens++;
            counts[id]++;
        }
        Tally tally = new Tally(
                1,
                text.getBytes(StandardCharsets.UTF_8).length,
                text.codePointCount(0, text.length()),
                words(text),
                tokens,
                byteTokens,
                byteCharacters,
                unknownTokens);
        byLanguage.merge(language, tally, Tally::plus);
        bySource.merge(source, tally, Tally::plus);
        return tally;
    }

    private static long words(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            words += letter && !inWord ? 1 : 0;
            inWord = letter;
        }
        return words;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public Tally total() {
        return byLanguage.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    public SortedMap<String, Tally> byLanguage() {
        return Collections.unmodifiableSortedMap(byLanguage);
    }

    public SortedMap<String, Tally> bySource() {
        return Collections.unmodifiableSortedMap(bySource);
    }

    /**
     * Pieces of text that occurred less than so often, the rarest first and then by id; with 1, those that did not occur.
     * Bytes and marks are there for other reasons and are left out.
     */
    public List<Integer> rarerThan(long count) {
        List<Integer> rare = new ArrayList<>();
        for (int id = 0; id < counts.length; id++) {
            PieceType type = vocabulary.piece(id).type();
            if (counts[id] < count && (type == PieceType.NORMAL || type == PieceType.USER_DEFINED)) {
                rare.add(id);
            }
        }
        rare.sort(Comparator.comparingLong(id -> counts[id]));
        return rare;
    }

    /** How often a piece occurred. */
    public long count(int id) {
        return counts[id];
    }

    /** The ids of pieces of text that another vocabulary does not have, in their order. */
    public List<Integer> notIn(Vocabulary other) {
        List<Integer> alone = new ArrayList<>();
        for (int id = 0; id < counts.length; id++) {
            Piece piece = vocabulary.piece(id);
            boolean text = piece.type() == PieceType.NORMAL || piece.type() == PieceType.USER_DEFINED;
            if (text && other.idOf(piece.text()) == Vocabulary.NONE) {
                alone.add(id);
            }
        }
        return alone;
    }
}
