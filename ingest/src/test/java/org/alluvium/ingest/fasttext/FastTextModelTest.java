package org.alluvium.ingest.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what {@code fasttext predict-prob} of version 0.9.2 says of small models that it trained and quantized itself. */
class FastTextModelTest {

    /** fastText adds 1e-5 at each step, and prints six digits. */
    private static final double ROUNDING = 1e-4;

    /** It looks sigmoids up in a table of 512 between -8 and 8. */
    private static final double TABLE = 0.01;

    @ParameterizedTest
    @MethodSource("expected")
    void probabilitiesAreThoseOfFastText(String model, String line, String printed) throws IOException {
        FastTextModel read = load(model);
        boolean table = model.startsWith("ova") || model.startsWith("ns");

        double[] probabilities = read.probabilities(line);
        double[] unpacked = read.unpacked().probabilities(line);

        String[] words = printed.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            int label = read.labels().indexOf(words[i]);
            double expected = Double.parseDouble(words[i + 1]);
            assertThat(probabilities[label]).as(words[i]).isCloseTo(expected, within(table ? TABLE : ROUNDING));
            assertThat(unpacked[label]).as(words[i] + " unpacked").isCloseTo(probabilities[label], within(1e-6));
        }
    }

    static Stream<Object[]> expected() throws IOException {
        try (InputStream in = FastTextModelTest.class.getResourceAsStream("expected.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(line -> (Object[]) line.split("\t", -1)).toList().stream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax.bin", "softmax.ftz", "hs.bin", "pruned.ftz"})
    void aModelThatIsCutOffAnywhereIsRefused(String model) throws IOException {
        byte[] whole = bytes(model);
        for (int length = 0; length < whole.length; length += 97) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> FastTextModel.read(new ByteArrayInputStream(part), "cut.bin"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut.bin")
                    .hasMessageContaining("no usable fastText model");
        }
    }

    @Test
    void vectorsOfWordsAreNoClassifier() throws IOException {
        byte[] bytes = bytes("softmax.bin");
        bytes[2 * 4 + 7 * 4] = 2; // the kind of model

        assertThatThrownBy(() -> FastTextModel.read(new ByteArrayInputStream(bytes), "vectors.bin"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is one of word vectors");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FastTextModel.load(Path.of("/nowhere/lid.176.bin")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("/nowhere/lid.176.bin");
    }

    private static FastTextModel load(String model) throws IOException {
        return FastTextModel.read(new ByteArrayInputStream(bytes(model)), model);
    }

    private static byte[] bytes(String model) throws IOException {
        try (InputStream in = FastTextModelTest.class.getResourceAsStream(model)) {
            return in.readAllBytes();
        }
    }
}
