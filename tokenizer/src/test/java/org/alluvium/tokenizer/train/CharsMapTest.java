package org.alluvium.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharsMapTest {

    @TempDir
    private Path folder;

    @Test
    void theRulesOfANameAreThoseThatSpmTrainPutsIntoAModel() {
        for (String name : new String[] {"unigram-nmt", "bpe-cf"}) {
            NormalizerSpec spec = model(name).normalizer();
            CharsMap ours = CharsMap.named(spec.name());
            CharsMap theirs = CharsMap.decompile(spec.charsMap());
            assertThat(ours.rules().equals(theirs.rules())).as(spec.name()).isTrue();
            assertThat(CharsMap.decompile(ours.compile()).rules().equals(theirs.rules()))
                    .as(spec.name() + ", compiled")
                    .isTrue();
        }
    }

    @Test
    void aTextIsRewrittenAsByTheMapOfSpmTrain() {
        NormalizerSpec theirs = model("unigram-nmt").normalizer();
        NormalizerSpec ours =
                theirs.withRules(theirs.name(), CharsMap.named(theirs.name()).compile());
        TextNormalizer expected = new TextNormalizer(theirs, false);
        TextNormalizer actual = new TextNormalizer(ours, false);
        List<String> different = new ArrayList<>();
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
            byte[] text = ("a" + Character.toString(point) + "b").getBytes(StandardCharsets.UTF_8);
            if (!normalized(actual, text).equals(normalized(expected, text))) {
                different.add("%X".formatted(point));
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int base = new int[] {0x20, 0x300, 0x1100, 0x3040, 0xAC00, 0xFF00, 0x1F80}[random.nextInt(7)];
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 12; j++) {
                text.appendCodePoint(random.nextInt(4) == 0 ? 0x300 + random.nextInt(80) : base + random.nextInt(200));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (!normalized(actual, bytes).equals(normalized(expected, bytes))) {
                different.add(text.toString());
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void rulesOfOnesOwnComeBackAsTheyWereWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.tsv"), "41 42\t61\tas one likes\nU+41\t62 63\n20AC\n");
        CharsMap map = CharsMap.load(file);
        assertThat(map.rules())
                .containsEntry("AB", "a")
                .containsEntry("A", "bc")
                .containsEntry("\u20AC", "");
        assertThat(CharsMap.decompile(map.compile()).toTsv()).isEqualTo("41\t62 63\n41 42\t61\n20AC\t\n");
    }

    @Test
    void aLineThatIsNoRuleIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.tsv"), "41\t62\nx\t62\n");
        assertThatThrownBy(() -> CharsMap.load(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rules.tsv:2");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> CharsMap.named("nfkd"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nmt_nfkc_cf");
    }

    private static String normalized(TextNormalizer normalizer, byte[] text) {
        Points points = new Points();
        normalizer.normalize(text, 0, text.length, points);
        return new String(points.values, 0, points.size);
    }

    private static SentencePieceModel model(String name) {
        return SentencePieceModel.parse(SmallModels.load(name).modelBytes(), name);
    }
}
