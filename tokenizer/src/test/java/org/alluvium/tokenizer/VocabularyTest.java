package org.alluvium.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.config.TokenizerConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.model.ModelType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Vocabulary BUNDLED = Vocabulary.bundled();

    @TempDir
    private Path folder;

    @Test
    void theBundledVocabularyIsWhatItsScriptSays() {
        assertThat(BUNDLED.digest()).isEqualTo("b8c80e1bd57a8c0f9888547ddd4766f1d8e1bc01176a13581c4c398c916a4c56");
        assertThat(BUNDLED.size()).isEqualTo(16_000);
        assertThat(BUNDLED.unknownId()).isZero();
        assertThat(BUNDLED.bosId()).isEqualTo(1);
        assertThat(BUNDLED.eosId()).isEqualTo(2);
        assertThat(BUNDLED.padId()).isEqualTo(Vocabulary.NONE);
        assertThat(BUNDLED.spec())
                .isEqualTo(new ModelSpec(ModelType.UNIGRAM, true, true, "identity", false, true, false, " \u2047 "));
        assertThat(BUNDLED.spec().lossless()).isTrue();
    }

    @Test
    void aModelFileIsTheSameVocabularyAsItsBytes() throws IOException {
        Path file = folder.resolve("copy.model");
        Files.write(file, BUNDLED.modelBytes());
        Vocabulary loaded = Vocabulary.of(new TokenizerConfig(
                Optional.of(file), true, false, TokenizerConfig.Verify.OFF, 1, 0, DriftConfig.DEFAULT));
        assertThat(loaded.digest()).isEqualTo(BUNDLED.digest()).isEqualTo(Sha256.of(file));
        assertThat(loaded.name()).isEqualTo(file.toString());
    }

    @Test
    void withoutAModelFileTheBundledVocabularyIsUsed() {
        Vocabulary vocabulary = Vocabulary.of(TokenizerConfig.DEFAULT);
        assertThat(vocabulary.digest()).isEqualTo(BUNDLED.digest());
    }

    @Test
    void aMissingFileIsNamedWithWhatToDo() {
        Path missing = folder.resolve("none.model");
        assertThatThrownBy(() -> Vocabulary.load(missing))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("tokenizer.model");
    }

    @Test
    void aFolderIsNotAModelFile() {
        assertThatThrownBy(() -> Vocabulary.load(folder))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void controlPiecesDecodeToNothing() {
        assertThat(BUNDLED.decode(new int[] {1, BUNDLED.idOf("\u2581the"), 2})).isEqualTo("the");
        assertThat(BUNDLED.bytes(1)).isEmpty();
    }

    @Test
    void onlyTheFirstSpaceIsTakenAway() {
        int space = BUNDLED.idOf("\u2581");
        int the = BUNDLED.idOf("\u2581the");
        assertThat(BUNDLED.decode(new int[] {the, the})).isEqualTo("the the");
        assertThat(BUNDLED.decode(new int[] {space, the})).isEqualTo(" the");
        assertThat(BUNDLED.decode(new int[] {space})).isEmpty();
        assertThat(new String(BUNDLED.bytes(the), StandardCharsets.UTF_8)).isEqualTo(" the");
    }

    @Test
    void bytePiecesJoinToCharactersAndABrokenCharacterIsReplaced() {
        int[] emoji = {byteId(0xF0), byteId(0x9F), byteId(0x98), byteId(0x80)};
        assertThat(BUNDLED.decode(emoji)).isEqualTo("\uD83D\uDE00");
        assertThat(BUNDLED.decode(new int[] {emoji[0], emoji[1]})).isEqualTo("\uFFFD\uFFFD");
        assertThat(BUNDLED.decodeBytes(new int[] {emoji[0], emoji[1]})).containsExactly(0xF0, 0x9F);
        assertThat(BUNDLED.decode(new int[] {byteId(0)})).isEqualTo("\0");
    }

    @Test
    void theSpaceOfABytePieceIsText() {
        assertThat(BUNDLED.decode(new int[] {byteId(' '), byteId('x')})).isEqualTo(" x");
    }

    @Test
    void theUnknownPieceDecodesToItsSurface() {
        assertThat(BUNDLED.decode(new int[] {BUNDLED.idOf("a"), 0})).isEqualTo("a \u2047 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anIdOutsideTheVocabularyIsRefusedByName(int id) {
        assertThatThrownBy(() -> BUNDLED.decode(new int[] {id}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining(Integer.toString(id))
                .hasMessageContaining(BUNDLED.digest());
        assertThatThrownBy(() -> BUNDLED.piece(id)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BUNDLED.bytes(id)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void everyTruncationOfAModelIsRefusedOrEndsBetweenItsParts() {
        byte[] whole = ModelBuilder.small().bytePieces().bytes();
        int accepted = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                Vocabulary.parse(cut, "cut.model");
                accepted++;
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith("cut.model");
            }
        }
        // What is left after cutting whole parts off the end is a smaller model.
        assertThat(accepted).isLessThan(300);
    }

    @Test
    void aDamagedModelIsRefusedOrAnotherVocabulary() {
        byte[] whole = ModelBuilder.small().bytePieces().bytes();
        String digest = Sha256.of(whole);
        Random random = new Random(7);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertThat(Vocabulary.parse(damaged, "damaged.model").digest()).isNotEqualTo(digest);
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith("damaged.model");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0A, byte 1, the file ends inside a value",
        "0AFFFFFFFF0F, byte 6, reaches past the end",
        "0AFFFFFFFFFFFFFFFFFF7F, byte 11, reaches past the end",
        "FFFFFFFFFFFFFFFFFFFFFF, byte 10, longer than 10 bytes",
        "0001, byte 1, field number 0",
        "0B, byte 1, has wire type 3",
        "0A020A00, byte 4, piece 0 is empty",
        "0A050A01611807, byte 7, unknown type 7",
        "0A040A02C328, byte 6, not valid UTF-8",
        "12021809, byte 4, model type 9 is not known",
        "4801, byte 2, there are no pieces",
    })
    void garbageIsRefusedWithItsOffset(String hex, String offset, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Vocabulary.parse(bytes, "x.model"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.model at " + offset)
                .hasMessageContaining(what);
    }

    @Test
    void modelsThatDecodingCannotRelyOnAreRefused() {
        assertThatThrownBy(
                        () -> new ModelBuilder().piece("a", ModelBuilder.NORMAL).vocabulary())
                .hasMessageContaining("no unknown piece");
        assertThatThrownBy(() ->
                        ModelBuilder.small().piece("x", ModelBuilder.UNKNOWN).vocabulary())
                .hasMessageContaining("pieces 0 and 6 are both the unknown piece");
        assertThatThrownBy(() ->
                        ModelBuilder.small().piece("b", ModelBuilder.NORMAL).vocabulary())
                .hasMessageContaining("pieces 5 and 6 are the same");
        assertThatThrownBy(() ->
                        ModelBuilder.small().piece("<0xZZ>", ModelBuilder.BYTE).vocabulary())
                .hasMessageContaining("<0xHH>");
        assertThatThrownBy(() -> ModelBuilder.small().trainer(35, 1).vocabulary())
                .hasMessageContaining("no piece for byte 0");
        assertThatThrownBy(() ->
                        ModelBuilder.small().raw(5, new byte[] {0x12, 1, 'x'}).vocabulary())
                .hasMessageContaining("denormalization");
    }

    @Test
    void specialIdsThatAModelLacksAreNone() {
        Vocabulary vocabulary = new ModelBuilder()
                .piece("<unk>", ModelBuilder.UNKNOWN)
                .piece("<s>", ModelBuilder.NORMAL)
                .vocabulary();
        assertThat(vocabulary.bosId()).isEqualTo(Vocabulary.NONE);
        assertThat(vocabulary.eosId()).isEqualTo(Vocabulary.NONE);
        assertThat(vocabulary.spec().lossless()).isFalse();
    }

    private static int byteId(int value) {
        return BUNDLED.idOf(String.format("<0x%02X>", value));
    }
}
