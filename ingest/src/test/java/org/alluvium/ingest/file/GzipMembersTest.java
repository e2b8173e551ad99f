package org.alluvium.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.alluvium.ingest.frame.DamagedContentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How reading goes on behind damage; what comes before it is the subject of {@link FileRecordReaderTest}. */
class GzipMembersTest {

    private static final byte[] FIRST = FileFixtures.gzip("first member, with words enough to be compressed enough");
    private static final byte[] SECOND = FileFixtures.gzip("second");
    private static final byte[] THIRD = FileFixtures.gzip("third");

    @TempDir
    Path folder;

    /** The content, with a bar at every place of damage. */
    private String read(byte[]... parts) throws IOException {
        Path file = Files.write(folder.resolve("a.gz"), FileFixtures.concat(parts));
        StringBuilder content = new StringBuilder();
        byte[] buffer = new byte[100];
        try (FileChannel channel = FileChannel.open(file);
                GzipMembers members = new GzipMembers(new FileRange(channel, 0, channel.size()))) {
            boolean more = true;
            while (more) {
                try {
                    int read = members.read(buffer, 0, buffer.length);
                    more = read >= 0;
                    content.append(new String(buffer, 0, Math.max(0, read), UTF_8));
                } catch (DamagedContentException damage) {
                    content.append('|');
                    members.resynchronize();
                }
            }
        }
        return content.toString();
    }

    @Test
    void aMemberThatWasCutShortCostsNothingOfTheNext() throws IOException {
        for (int length = 1; length < FIRST.length; length++) {
            assertThat(read(Arrays.copyOf(FIRST, length), SECOND, THIRD)).endsWith("|secondthird");
        }
    }

    @Test
    void aMemberWithAnyByteDamagedCostsNothingOfTheNext() throws IOException {
        for (int i = 0; i < FIRST.length; i++) {
            byte[] damaged = FIRST.clone();
            damaged[i] ^= (byte) 0xFF;
            assertThat(read(damaged, SECOND, THIRD)).endsWith("secondthird");
        }
    }

    @Test
    void garbageBetweenMembersIsPassedOver() throws IOException {
        byte[] likeAHeader = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7};
        assertThat(read(SECOND, "garbage".getBytes(UTF_8), likeAHeader, THIRD)).isEqualTo("second|third");
    }

    @Test
    void damageWithNothingBehindItEndsTheContent() throws IOException {
        assertThat(read(SECOND, Arrays.copyOf(THIRD, THIRD.length - 1))).isEqualTo("secondthird|");
    }
}
