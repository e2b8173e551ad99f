package org.alluvium.tokenizer.bytelevel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.HardTexts;
import org.alluvium.tokenizer.engine.Segmented;
import org.alluvium.tokenizer.export.TokenizerFiles;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we read and write, held to Hugging Face's own tokenizers. */
class HuggingFaceTest {

    private static final List<String> DEFINED =
            List.of("<sep>", "\u2581x\u2581", "\uD83D\uDE00", "ab", "abc", "a+b", "|", "\\");

    @TempDir
    private Path folder;

    @Test
    void aByteLevelVocabularyGivesTheSameIdsThere() throws IOException {
        for (SplitPattern pattern : SplitPattern.values()) {
            byte[] json = SmallTokenizer.json(pattern).getBytes(UTF_8);
            Segmented ours = Segmented.of(ByteLevelModel.parse(json, "small"));
            try (HuggingFaceTokenizer theirs = open(json)) {
                Random random = new Random(5);
                for (int i = 0; i < 1_500; i++) {
                    String text = HardTexts.next(random) + " the [name] other" + HardTexts.next(random);
                    assertThat(ours.ids(text)).as("ids of %s", text).isEqualTo(ids(theirs, text));
                }
            }
        }
    }

    @Test
    void normalizationAndASpaceBeforeTextAreTheSameThere() throws IOException {
        String composed = SmallTokenizer.json().replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}");
        assertSame(composed, 1_500);
        String prefixed = composed.replaceFirst("\"add_prefix_space\": false", "\"add_prefix_space\": true");
        assertSame(prefixed, 500);
        assertSame(prefixed.replace("\"normalizer\": {\"type\": \"NFC\"}", "\"normalizer\": null"), 500);
    }

    @Test
    void expressionsSplitTheSameThere() throws IOException {
        for (Expressions expression : Expressions.values()) {
            assertSame(SmallTokenizer.splitBy(expression.regex()), 300);
        }
        // Of StarCoder, with the pattern of GPT-2 behind it, and of DeepSeek.
        assertSame(
                SmallTokenizer.preTokenizers("{\"type\": \"Digits\", \"individual_digits\": true}")
                        .replace("\"use_regex\": false", "\"use_regex\": true"),
                300);
        assertSame(SmallTokenizer.preTokenizers("{\"type\": \"Digits\", \"individual_digits\": false}"), 300);
        assertSame(
                SmallTokenizer.preTokenizers(
                        "{\"type\": \"Split\", \"pattern\": {\"String\": \"th\"}, \"behavior\": \"Isolated\", \"invert\": false}"),
                300);
        assertSame(SmallTokenizer.preTokenizers(deepSeek()), 500);
    }

    private static String deepSeek() {
        return Stream.of(Expressions.DEEPSEEK_DIGITS, Expressions.DEEPSEEK_SCRIPTS, Expressions.DEEPSEEK)
                .map(expression -> "{\"type\": \"Split\", \"pattern\": {\"Regex\": " + new TextNode(expression.regex())
                        + "}, \"behavior\": \"Isolated\", \"invert\": false}")
                .collect(Collectors.joining(","));
    }

    private void assertSame(String file, int texts) throws IOException {
        byte[] json = file.getBytes(UTF_8);
        Segmented ours = Segmented.of(ByteLevelModel.parse(json, "small"));
        try (HuggingFaceTokenizer theirs = open(json)) {
            Random random = new Random(5);
            for (int i = 0; i < texts; i++) {
                String text = HardTexts.next(random) + "e" + marks(random) + " the [name] o" + marks(random)
                        + (random.nextBoolean() ? "<|endoftext|>" : " ") + marks(random) + HardTexts.next(random);
                assertThat(ours.ids(text)).as("ids of %s", text).isEqualTo(ids(theirs, text));
            }
        }
    }

    /** Marks of all Unicode versions, some in disorder, and Hangul in parts. */
    private static String marks(Random random) {
        StringBuilder marks = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            int choice = random.nextInt(7);
            marks.appendCodePoint(
                    switch (choice) {
                        case 0, 1 -> 0x300 + random.nextInt(0x46);
                        case 2 -> 0x1100 + random.nextInt(0x100);
                        case 3 -> 0xAC00 + random.nextInt(0x2BA4);
                        case 5 -> 0x1E00 + random.nextInt(0x100);
                        case 4 -> 0x1AB0 + random.nextInt(0x20);
                        default -> 0x11900 + random.nextInt(0x50);
                    });
        }
        return marks.toString();
    }

    @Test
    void aBpeModelThatWeWriteGivesTheIdsOfSentencePieceThere() throws IOException {
        assertWritten("bpe-llama", 2_000);
        assertWritten("bpe-across", 2_000);
    }

    @Test
    void theBundledVocabularyGivesItsIdsThereForTextWithoutTies() throws IOException {
        Vocabulary vocabulary = Vocabulary.bundled();
        byte[] json = TokenizerFiles.of(vocabulary, false, true, 128).get(TokenizerFiles.JSON);
        try (HuggingFaceTokenizer theirs = open(json);
                NativeEncoder ours = NativeEncoder.open(vocabulary)) {
            String text =
                    "Herr Pr\u00E4sident, the Commission\u2019s proposal of 12 May 2004 \u2014 na\u00EFve? \uD83D\uDE00\nNext line.";
            int[] ids = ours.encode(text);
            assertThat(ids(theirs, text)).isEqualTo(ids);
            int[] marked = Arrays.copyOf(ids, ids.length + 1);
            marked[ids.length] = vocabulary.eosId();
            assertThat(ints(theirs.encode(text, true, false).getIds())).isEqualTo(marked);
            assertThat(theirs.decode(longs(ids))).isEqualTo(text);
        }
    }

    @Test
    void piecesThatUsersDefinedAreFoundThereAsSentencePieceFindsThem() throws IOException {
        SentencePieceModel model = SentencePieceModel.parse(resource("bpe-llama.model"), "bpe-llama");
        List<Piece> pieces = new ArrayList<>(model.pieces());
        int last = pieces.size();
        for (String text : DEFINED) {
            int id = model.pieces().stream().map(Piece::text).toList().indexOf(text);
            pieces.set(id < 0 ? --last : id, new Piece(text, 0, PieceType.USER_DEFINED));
        }
        for (boolean merged : new boolean[] {true, false}) {
            SentencePieceModel defined = new SentencePieceModel(
                    pieces, model.trainer(), model.normalizer().withRemoveExtraWhitespaces(merged));
            Vocabulary vocabulary = Vocabulary.parse(defined.toBytes(), "defined");
            byte[] json = TokenizerFiles.of(vocabulary, false, false, 128).get(TokenizerFiles.JSON);
            try (HuggingFaceTokenizer theirs = open(json);
                    NativeEncoder ours = NativeEncoder.open(vocabulary)) {
                Random random = new Random(7);
                for (int i = 0; i < 1_000; i++) {
                    String text = piece(random) + HardTexts.next(random) + piece(random) + "a" + piece(random) + ".";
                    assertThat(ids(theirs, text)).as("ids of '%s'", text).isEqualTo(ours.encode(text));
                }
            }
        }
    }

    private static String piece(Random random) {
        int choice = random.nextInt(DEFINED.size() + 2);
        String piece = choice < DEFINED.size() ? DEFINED.get(choice) : choice == DEFINED.size() ? " " : "The ";
        return random.nextBoolean() ? piece.replace('\u2581', ' ') : piece;
    }

    @Test
    void aPieceThatTheRulesRewriteIsRefused() throws IOException {
        SentencePieceModel model = SentencePieceModel.parse(resource("bpe-cf.model"), "bpe-cf");
        assertThat(TokenizerFiles.refusal(Vocabulary.parse(model.toBytes(), "cf")))
                .isEmpty();
        List<Piece> pieces = new ArrayList<>(model.pieces());
        pieces.set(pieces.size() - 1, new Piece("Foo", 0, PieceType.USER_DEFINED));
        Vocabulary rewritten = Vocabulary.parse(
                new SentencePieceModel(pieces, model.trainer(), model.normalizer()).toBytes(), "rewritten");
        assertThat(TokenizerFiles.refusal(rewritten))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("'Foo'").contains("nfkc_cf"));
    }

    private void assertWritten(String model, int texts) throws IOException {
        Vocabulary vocabulary = Vocabulary.parse(resource(model + ".model"), model);
        byte[] json = TokenizerFiles.of(vocabulary, false, false, 128).get(TokenizerFiles.JSON);
        try (HuggingFaceTokenizer theirs = open(json);
                NativeEncoder ours = NativeEncoder.open(vocabulary)) {
            Random random = new Random(6);
            for (int i = 0; i < texts; i++) {
                String text = "The " + HardTexts.next(random) + " configuration";
                assertThat(ids(theirs, text)).as("%s: ids of %s", model, text).isEqualTo(ours.encode(text));
            }
        }
    }

    private HuggingFaceTokenizer open(byte[] json) throws IOException {
        Path file = Files.write(folder.resolve("tokenizer.json"), json);
        return HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"));
    }

    private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        return ints(tokenizer.encode(text, false, false).getIds());
    }

    private static int[] ints(long[] ids) {
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Vocabulary.class.getResourceAsStream("models/" + name)) {
            return in.readAllBytes();
        }
    }
}
