package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.verify.FuzzTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Session#encodeWithSpans} says of where tokens come from, and what batches give. */
class SpansTest {

    private static final int TEXTS = 300;
    private static final int BEFORE = 5;

    /** Is kept by the normalization, as it is user-defined, but never a piece: its space is escaped. */
    private static final String SPLIT = "foo bar";

    /** A token with the part of the text that it stands for. */
    private record Token(String piece, String part) {}

    @ParameterizedTest
    @MethodSource("org.alluvium.tokenizer.SmallModels#names")
    void spansAreInOrderAndDoNotOverlapAndTheIdsAreThoseWithoutThem(String model) {
        Vocabulary vocabulary = SmallModels.load(model);
        Session session = PieceEncoder.of(vocabulary).session();
        Ids plain = new Ids();
        for (byte[] text : texts(vocabulary)) {
            plain.clear();
            session.encode(text, BEFORE, text.length, plain);
            Ids ids = new Ids();
            Ids spans = new Ids();
            ids.add(-7);
            spans.add(-7);
            session.encodeWithSpans(text, BEFORE, text.length, ids, spans);
            assertThat(ids.toArray(1, ids.size())).isEqualTo(plain.toArray());
            assertThat(spans.size()).isEqualTo(1 + 2 * plain.size());
            int end = BEFORE;
            for (int i = 1; i < spans.size(); i++) {
                assertThat(spans.get(i)).isBetween(end, text.length);
                end = spans.get(i);
            }
        }
    }

    /** Where nothing is rewritten, a span holds exactly the text of its piece, and all of them the whole text. */
    @ParameterizedTest
    @ValueSource(strings = {"unigram-bytes", "bpe-llama", "word-suffix"})
    void spansSliceTheTextIntoWhatThePiecesDecodeTo(String model) {
        Vocabulary vocabulary = SmallModels.load(model);
        Session session = PieceEncoder.of(vocabulary).session();
        for (byte[] text : texts(vocabulary)) {
            Ids ids = new Ids();
            Ids spans = new Ids();
            session.encodeWithSpans(text, BEFORE, text.length, ids, spans);
            String whole = new String(text, BEFORE, text.length - BEFORE, UTF_8);
            if (whole.contains(SPLIT)) {
                continue;
            }
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < ids.size(); i++) {
                int from = spans.get(2 * i);
                String part = new String(text, from, spans.get(2 * i + 1) - from, UTF_8);
                all.append(part);
                PieceType type = vocabulary.piece(ids.get(i)).type();
                String expected = new String(vocabulary.bytes(ids.get(i)), UTF_8);
                if (type == PieceType.NORMAL || type == PieceType.USER_DEFINED) {
                    boolean dummy = i == 0 && vocabulary.spec().addDummyPrefix();
                    assertThat(part.replace('\u2581', ' ')).isEqualTo(dummy ? expected.substring(1) : expected);
                }
            }
            assertThat(all).hasToString(whole);
        }
    }

    @Test
    void aSpaceThatTheModelPutThereIsNoPartOfTheText() {
        assertThat(tokens("bpe-llama", "the")).containsExactly(new Token("\u2581the", "the"));
        assertThat(tokens("bpe-llama", "")).isEmpty();
    }

    @Test
    void ofTheBytesOfACharacterTheLastHasItsSpan() {
        assertThat(tokens("bpe-llama", "\ud83e\uddff"))
                .containsExactly(
                        new Token("\u2581", ""),
                        new Token("<0xF0>", ""),
                        new Token("<0x9F>", ""),
                        new Token("<0xA7>", ""),
                        new Token("<0xBF>", "\ud83e\uddff"));
    }

    @Test
    void charactersThatARuleMakesOfOneShareItsPlace() {
        List<Token> tokens = tokens("bpe-cf", "\ufb01 \u2460X");
        assertThat(tokens.stream().map(Token::part).reduce("", String::concat)).isEqualTo("\ufb01 \u2460X");
        assertThat(tokens.stream().map(Token::piece).reduce("", String::concat)).isEqualTo("\u2581fi\u25811x");
    }

    @Test
    void spacesThatAreRemovedBelongToNoTokenOrToTheSpaceBeforeThem() {
        List<Token> tokens = tokens("unigram-nmt", "  the   the  ");
        assertThat(tokens).containsExactly(new Token("\u2581the", "the"), new Token("\u2581the", "   the"));
    }

    @Test
    void userDefinedPiecesAndSuffixesHaveTheirText() {
        assertThat(tokens("unigram-suffix", "xabcx")).contains(new Token("abc", "abc"));
        assertThat(tokens("unigram-bytes", "x\ud83d\ude00")).contains(new Token("\ud83d\ude00", "\ud83d\ude00"));
        List<Token> split = tokens("unigram-suffix", SPLIT);
        assertThat(split.get(split.size() - 1).part()).isEqualTo(SPLIT);
        List<Token> suffix = tokens("bpe-suffix", "the the");
        assertThat(suffix.stream().map(Token::part).reduce("", String::concat)).isEqualTo("the the");
        assertThat(suffix.get(suffix.size() - 1).piece()).endsWith("\u2581");
    }

    @Test
    void unknownTextInARowIsOneTokenWithOneSpan() {
        assertThat(tokens("unigram-nmt", "a\ud808\udc00\ud808\udc01a").stream().map(Token::part))
                .contains("\ud808\udc00\ud808\udc01");
    }

    @ParameterizedTest
    @MethodSource("org.alluvium.tokenizer.SmallModels#names")
    void textsOneBehindTheOtherHaveTheIdsOfEachAlone(String model) {
        Vocabulary vocabulary = SmallModels.load(model);
        Session session = PieceEncoder.of(vocabulary).session();
        List<byte[]> texts = texts(vocabulary);
        int[] ends = new int[texts.size()];
        byte[] all =
                new byte[BEFORE + texts.stream().mapToInt(text -> text.length).sum()];
        int end = BEFORE;
        Ids each = new Ids();
        List<Integer> eachEnds = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            byte[] text = texts.get(i);
            System.arraycopy(text, 0, all, end, text.length);
            end += text.length;
            ends[i] = end;
            session.encode(text, 0, text.length, each);
            eachEnds.add(each.size());
        }
        Ids ids = new Ids();
        Ids idEnds = new Ids();
        session.encodeAll(all, BEFORE, ends, ids, idEnds);
        assertThat(ids.toArray()).isEqualTo(each.toArray());
        assertThat(Arrays.stream(idEnds.toArray()).boxed()).isEqualTo(eachEnds);
    }

    /** Fuzzed texts behind a few bytes that do not belong to them. */
    private static List<byte[]> texts(Vocabulary vocabulary) {
        List<String> pieces = IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::piece)
                .filter(piece -> piece.type() == PieceType.NORMAL || piece.type() == PieceType.USER_DEFINED)
                .map(Piece::text)
                .toList();
        FuzzTexts texts = new FuzzTexts(3, pieces);
        return IntStream.range(0, TEXTS)
                .mapToObj(texts::text)
                .map(text -> ("-----" + text).getBytes(UTF_8))
                .toList();
    }

    private static List<Token> tokens(String model, String text) {
        Vocabulary vocabulary = SmallModels.load(model);
        byte[] utf8 = text.getBytes(UTF_8);
        Ids ids = new Ids();
        Ids spans = new Ids();
        PieceEncoder.of(vocabulary).session().encodeWithSpans(utf8, 0, utf8.length, ids, spans);
        return IntStream.range(0, ids.size())
                .mapToObj(i -> new Token(
                        vocabulary.piece(ids.get(i)).text(),
                        new String(utf8, spans.get(2 * i), spans.get(2 * i + 1) - spans.get(2 * i), UTF_8)))
                .toList();
    }
}
