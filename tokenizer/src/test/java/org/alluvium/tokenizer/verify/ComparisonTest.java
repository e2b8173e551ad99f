package org.alluvium.tokenizer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    Path folder;

    @Test
    void aTextThatDiffersIsShrunkToWhatDiffers() {
        Comparison comparison = new Comparison(new CodePoints("a\uD83D\uDE00"), new CodePoints("")::encode);
        String text = "much before it ".repeat(50) + "a\uD83D\uDE00" + " and after it".repeat(50);

        Difference difference = comparison.compare(text).orElseThrow();

        assertThat(difference.position()).isEqualTo(text.indexOf("a\uD83D\uDE00"));
        assertThat(comparison.shrink(difference).text()).isEqualTo("a\uD83D\uDE00");
        assertThat(comparison.shrink(difference).summary()).isEqualTo("at token 0: [-1 128512] instead of [97 128512]");
        assertThat(Difference.literal("a\"\uD83D\uDE00")).isEqualTo("\"a\\\"\\uD83D\\uDE00\"");
    }

    @Test
    void textsAndTheirBytesAreCounted() {
        Comparison comparison = new Comparison(new CodePoints(""), text -> {
            if (text.equals("refused")) {
                throw new DataException("a text is refused", "a model", "Take another.");
            }
            return new CodePoints("").encode(text);
        });

        assertThat(comparison.compare("über")).isEmpty();
        assertThat(comparison.compare("refused")).isEmpty();

        assertThat(comparison.figures().texts()).isEqualTo(2);
        assertThat(comparison.figures().refused()).isEqualTo(1);
        assertThat(comparison.figures().bytes()).isEqualTo(12);
        assertThat(comparison.figures().tokens()).isEqualTo(4);
    }

    @Test
    void aFileIsReadAsDocumentsParagraphsOrLines() throws IOException {
        String longLine = "x".repeat(59) + "\uD83D\uDE00" + "y".repeat(30);
        Path file = Files.writeString(folder.resolve("texts.txt"), "one\ntwo\n\n\nthree\n" + longLine);

        assertThat(read(TextUnit.DOCUMENTS, file)).containsExactly("one\ntwo", "three\n" + longLine);
        assertThat(read(TextUnit.PARAGRAPHS, file)).containsExactly("one", "two", "", "", "three", longLine);
        assertThat(read(TextUnit.LINES, file))
                .containsExactly("one", "two", "three", "x".repeat(59) + "\uD83D\uDE00", "y".repeat(30));
    }

    @Test
    void readingEndsWhereNoMoreIsWanted() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.txt"), "one\n\ntwo\n\nthree\n");

        for (TextUnit unit : TextUnit.values()) {
            List<String> taken = new ArrayList<>();
            unit.read(file, text -> {
                taken.add(text);
                return false;
            });
            assertThat(taken).containsExactly("one");
        }
    }

    @Test
    void fuzzedTextsAreTheSameForTheSameSeedAndHoldWhatIsHard() {
        FuzzTexts texts = new FuzzTexts(3, List.of("\u2581the", "ing"));
        Set<Integer> seen = new HashSet<>();
        boolean loneSurrogate = false;
        int longest = 0;
        for (int i = 0; i < 3000; i++) {
            String text = texts.text(i);
            assertThat(new FuzzTexts(3, List.of("\u2581the", "ing")).text(i)).isEqualTo(text);
            text.codePoints().forEach(seen::add);
            loneSurrogate |= text.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff);
            longest = Math.max(longest, text.length());
        }

        assertThat(seen).contains(0, (int) ' ', 0x2581, 0x200d, 0x202e, 0x1f468, 0x1100, 0xfffd);
        assertThat(loneSurrogate).isTrue();
        assertThat(longest).isGreaterThan(1000);
    }

    @Test
    void fuzzedBytesAreTheSameForTheSameSeedAndFewAreUtf8AndNoneHoldsALineFeed() {
        FuzzBytes texts = new FuzzBytes(3, new FuzzTexts(3, List.of("\u2581the", "\n")));
        int valid = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = texts.bytes(i);
            assertThat(new FuzzBytes(3, new FuzzTexts(3, List.of("\u2581the", "\n"))).bytes(i))
                    .isEqualTo(bytes);
            assertThat(bytes).isNotEmpty().doesNotContain((byte) '\n');
            valid += new String(bytes, StandardCharsets.UTF_8).indexOf(0xfffd) < 0 ? 1 : 0;
        }
        // Some end in NUL or a carriage return and were not damaged before that.
        assertThat(valid).isLessThan(100);
    }

    @Test
    void worstCasesAreAsLongAsAskedFor() {
        for (WorstCase worst : WorstCase.values()) {
            assertThat(worst.text(1001).length()).isBetween(1001, 1002);
        }
    }

    private static List<String> read(TextUnit unit, Path file) {
        List<String> texts = new ArrayList<>();
        unit.read(file, texts::add);
        return texts;
    }

    /** The code points of a text are its ids, except that the first one of a certain word is -1. */
    private record CodePoints(String wrongOf) implements Encoder {

        @Override
        public int[] encode(String text) {
            int[] ids = text.codePoints().toArray();
            Optional.of(text.indexOf(wrongOf))
                    .filter(at -> at >= 0 && !wrongOf.isEmpty())
                    .ifPresent(at -> ids[text.codePointCount(0, at)] = -1);
            return ids;
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }
}
