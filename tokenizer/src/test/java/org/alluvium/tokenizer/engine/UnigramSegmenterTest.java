package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.junit.jupiter.api.Test;

/** What is remembered of chunks must never show: the ids are those of one Viterbi over the whole text. */
class UnigramSegmenterTest {

    private static final int UNKNOWN_ID = 0;

    /** Of "abc" two ways are equal but for the last digits, of "dd" exactly; "e" is unknown and "fg" is the user's. */
    private static final List<Piece> CLOSE = List.of(
            new Piece("<unk>", 0, PieceType.UNKNOWN),
            new Piece("a", -3.1f, PieceType.NORMAL),
            new Piece("b", -3.2f, PieceType.NORMAL),
            new Piece("c", -3.3f, PieceType.NORMAL),
            new Piece("ab", -4.2f, PieceType.NORMAL),
            new Piece("bc", Math.nextUp(-4.2f + -3.3f + 3.1f), PieceType.NORMAL),
            new Piece("d", -2.5f, PieceType.NORMAL),
            new Piece("dd", -5, PieceType.NORMAL),
            new Piece("fg", 0, PieceType.USER_DEFINED),
            new Piece(" ", -2, PieceType.NORMAL),
            new Piece("学", -3, PieceType.NORMAL),
            new Piece("中", -3.3f, PieceType.NORMAL),
            new Piece("中学", Math.nextUp(-6.3f), PieceType.NORMAL),
            new Piece("学a", -5, PieceType.NORMAL),
            new Piece("never", -9, PieceType.UNUSED));

    private static final UnigramPieces PIECES = UnigramPieces.of(CLOSE);

    @Test
    void waysThatAreCloseGoTheWayOfTheWholeTextHoweverLargeTheSum() {
        Random random = new Random(20261123);
        String[] parts = {"abc", "dd", "ddd", "abcabc", "e", "fg", " ", "a", "cb", "abdd", "nab", "中学中", "学", "文"};
        StringBuilder text = new StringBuilder();
        while (text.length() < 3_000_000) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(inChunks(utf8)).isEqualTo(whole(utf8));
    }

    @Test
    void roundingDoesTurnCloseWaysAroundSoThatTheTestAboveTestsSomething() {
        byte[] chunk = "abc".getBytes(StandardCharsets.UTF_8);
        List<int[]> ways = new ArrayList<>();
        for (float sum = 0; sum > -1e6; sum = sum * 1.7f - 1) {
            Ids ids = new Ids();
            new BestPath(PIECES).segment(chunk, coded(chunk), sum, tokens(ids));
            ways.add(ids.toArray());
        }
        assertThat(ways.stream().map(way -> way[0]).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void theMarginIsTheDistanceToTheSecondBestWay() {
        ClearPath path = new ClearPath(PIECES);
        assertThat(path.find(coded("ab"))).isEqualTo(1);
        assertThat(path.margin).isCloseTo((double) 3.1f + 3.2f - 4.2f, within(1e-12));
        assertThat(path.find(coded("dd"))).isPositive();
        assertThat(path.margin).isZero();
        assertThat(path.find(coded("a"))).isEqualTo(1);
        assertThat(path.margin).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(path.find(coded("ae"))).isEqualTo(ClearPath.UNKNOWN);
    }

    private static int[] inChunks(byte[] text) {
        Ids ids = new Ids();
        byte[] withSlack = Arrays.copyOf(text, text.length + Normalizer.SLACK);
        UnigramSegmenter.of(CLOSE).worker().segment(withSlack, 0, text.length, tokens(ids));
        return ids.toArray();
    }

    private static int[] whole(byte[] text) {
        Ids ids = new Ids();
        new BestPath(PIECES).segment(text, coded(text), 0, tokens(ids));
        return ids.toArray();
    }

    private static CodedText coded(String text) {
        return coded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CodedText coded(byte[] text) {
        CodedText coded = new CodedText(PIECES.alphabet);
        coded.set(text, 0, text.length);
        return coded;
    }

    private static Tokens tokens(Ids ids) {
        Tokens tokens = new Tokens(UNKNOWN_ID, Tokens.NO_BYTES);
        tokens.begin(ids, null);
        return tokens;
    }
}
