package org.alluvium.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLinesTest {

    @TempDir
    private Path folder;

    private long length(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("lines"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            return WholeLines.length(channel);
        }
    }

    @Test
    void whatFollowsTheLastLineFeedIsNotWhole() throws IOException {
        assertThat(length("one\ntwo\nthr")).isEqualTo(8);
    }

    @Test
    void aFileThatEndsWithALineFeedIsWhole() throws IOException {
        assertThat(length("one\ntwo\n")).isEqualTo(8);
    }

    @Test
    void aFileWithoutALineFeedHasNothingWhole() throws IOException {
        assertThat(length("")).isZero();
        assertThat(length("one")).isZero();
    }

    @Test
    void aTornLineMayBeLongerThanOneRead() throws IOException {
        for (int torn = (1 << 16) - 2; torn <= (1 << 16) + 2; torn++) {
            assertThat(length("one\n" + "x".repeat(torn))).as("%d bytes", torn).isEqualTo(4);
            assertThat(length("\n" + "x".repeat(torn))).as("%d bytes", torn).isOne();
        }
    }
}
