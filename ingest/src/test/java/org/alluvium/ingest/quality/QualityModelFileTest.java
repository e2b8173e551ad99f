package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityModelFileTest {

    private static QualityModel model() {
        float[] weights = new float[Features.WORDS.buckets()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i / 1024f - 100;
        }
        return new QualityModel(Features.WORDS, -0.25, weights, new QualityModel.Training(10, 20, 3, -4));
    }

    @Test
    void aModelComesBackAsItWas(@TempDir Path folder) {
        Path file = folder.resolve("quality.model");
        String digest = QualityModelFile.write(model(), file);
        QualityModel read = QualityModelFile.read(file);

        assertThat(digest).hasSize(Sha256.HEX_DIGITS);
        assertThat(read.training()).isEqualTo(new QualityModel.Training(10, 20, 3, -4));
        assertThat(read.features()).isEqualTo(Features.WORDS);
        assertThat(read.score("some text")).isEqualTo(model().score("some text"));
        assertThat(QualityModelFile.encode(read)).isEqualTo(QualityModelFile.encode(model()));
    }

    @Test
    void aModelOfThisReleaseHasTheseBytes() {
        byte[] content = QualityModelFile.encode(model());

        assertThat(content).hasSize(52 + 4 * (1 << 18) + Sha256.HEX_DIGITS);
        assertThat(Arrays.copyOf(content, 56))
                .asHexString()
                .isEqualTo(
                        "414C565155414C00" // magic
                                + "00000001" // version
                                + "00000001" // words
                                + "000000000000000A" // reference
                                + "0000000000000014" // raw
                                + "00000003" // passes
                                + "FFFFFFFFFFFFFFFC" // seed
                                + "BFD0000000000000" // bias
                                + "C2C80000"); // first weight
    }

    @Test
    void aFlippedBitAnywhereIsDamage() {
        for (int at : new int[] {9, 20, 60, 500_000, (1 << 20) + 100}) {
            byte[] content = QualityModelFile.encode(model());
            content[at] ^= 4;

            assertThatThrownBy(() -> QualityModelFile.decode(content, "file"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void anotherVersionOrAnotherFileIsRefused(@TempDir Path folder) throws IOException {
        byte[] content = QualityModelFile.encode(model());
        content[11] = 2;
        byte[] signed = Arrays.copyOf(content, content.length);
        String digest = Sha256.of(content, 0, content.length - Sha256.HEX_DIGITS);
        System.arraycopy(
                digest.getBytes(StandardCharsets.US_ASCII),
                0,
                signed,
                content.length - Sha256.HEX_DIGITS,
                Sha256.HEX_DIGITS);

        assertThatThrownBy(() -> QualityModelFile.decode(signed, "file"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("of version 2");
        assertThatThrownBy(() -> QualityModelFile.decode(new byte[10], "file"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a quality model");
        assertThatThrownBy(() -> QualityModelFile.read(folder.resolve("none")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("alluvium quality train");
        Path taken = Files.writeString(folder.resolve("taken"), "x");
        assertThatThrownBy(() -> QualityModelFile.write(model(), taken)).isInstanceOf(StorageException.class);
    }
}
