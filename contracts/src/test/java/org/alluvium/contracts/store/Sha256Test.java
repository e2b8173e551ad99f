package org.alluvium.contracts.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

    /** Example of FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void arraysStreamsAndFilesHaveTheStandardsDigest(@TempDir Path dir) throws IOException {
        byte[] abc = "abc".getBytes(US_ASCII);

        assertThat(Sha256.of(abc)).isEqualTo(ABC);
        assertThat(Sha256.of("xabcx".getBytes(US_ASCII), 1, 3)).isEqualTo(ABC);
        assertThat(Sha256.of(new ByteArrayInputStream(abc))).isEqualTo(ABC);
        assertThat(Sha256.of(Files.write(dir.resolve("f"), abc))).isEqualTo(ABC);
    }

    @Test
    void anUnreadableFileIsNamed(@TempDir Path dir) {
        assertThatThrownBy(() -> Sha256.of(dir.resolve("none"))).hasMessageContaining("none");
        assertThatThrownBy(() -> Sha256.of(dir)).isInstanceOf(IOException.class).hasMessageContaining(dir.toString());
    }
}
