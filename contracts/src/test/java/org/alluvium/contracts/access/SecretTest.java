package org.alluvium.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("secret"), content);
    }

    @Test
    void itIsWhatTheFileHoldsWithoutWhiteSpaceAroundItAndIsNotPrinted() throws IOException {
        Secret secret = Secret.read(file(" p w\n"), "s3.secretKeyFile");

        assertThat(secret.value()).isEqualTo("p w");
        assertThat(secret).hasToString("(secret)");
    }

    @Test
    void aFileThatIsMissingOrEmptyIsAnErrorThatNamesTheKey() throws IOException {
        assertThatThrownBy(() -> Secret.read(folder.resolve("missing"), "s3.secretKeyFile"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("s3.secretKeyFile")
                .hasMessageContaining("no such file");
        Path empty = file("\n");
        assertThatThrownBy(() -> Secret.read(empty, "s3.secretKeyFile"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it is empty")
                .hasMessageContaining("s3.secretKeyFile");
    }

    @Test
    void aFileGoesBeforeAVariableAndNeitherIsNone() throws IOException {
        Map<String, String> environment = Map.of("TOKEN", " t ", "BLANK", " ");

        assertThat(Secret.find(Optional.of(file("f")), "k", environment, "TOKEN")
                        .map(Secret::value))
                .contains("f");
        assertThat(Secret.find(Optional.empty(), "k", environment, "TOKEN").map(Secret::value))
                .contains("t");
        assertThat(Secret.find(Optional.empty(), "k", environment, "BLANK")).isEmpty();
    }
}
