package org.alluvium.ingest.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.ingest.frame.Scans.Found;
import org.junit.jupiter.api.Test;

class WholeFileFramingTest {

    private static final long MAX_BYTES = 200_000;

    private final WholeFileFraming files = new WholeFileFraming();

    @Test
    void allOfAFileIsOneRecord() {
        String text = "line\n".repeat(30_000);
        assertThat(Scans.all(files, text.getBytes(UTF_8), MAX_BYTES)).containsExactly(new Found(0, text));
    }

    @Test
    void anEmptyFileHoldsNoRecord() {
        assertThat(Scans.all(files, new byte[0], MAX_BYTES)).isEmpty();
    }

    @Test
    void aFileThatIsTooLongIsOneRecordThatSaysSo() {
        assertThat(Scans.all(files, new byte[3_000_000], MAX_BYTES)).containsExactly(new Found(0, "too long: 3000000"));
    }
}
