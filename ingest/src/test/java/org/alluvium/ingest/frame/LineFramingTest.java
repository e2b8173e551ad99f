package org.alluvium.ingest.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.ingest.frame.Scans.Found;
import org.junit.jupiter.api.Test;

class LineFramingTest {

    private static final long MAX_BYTES = 8;
    private static final byte[] CONTENT = "one\n\nthr\u00e9e\nfar too long a line\nfive".getBytes(UTF_8);

    private final LineFraming lines = new LineFraming();

    @Test
    void aLineBeginsBehindTheLineFeedBefore() {
        assertThat(Scans.all(lines, CONTENT, MAX_BYTES))
                .containsExactly(
                        new Found(0, "one"),
                        new Found(4, ""),
                        new Found(5, "thr\u00e9e"),
                        new Found(12, "too long: 19"),
                        new Found(32, "five"));
    }

    @Test
    void whereverTheContentIsCutInTwoTheLinesAreTheSame() {
        for (int cut = 0; cut <= CONTENT.length; cut++) {
            assertThat(Scans.union(lines, CONTENT, MAX_BYTES, cut)).isEqualTo(Scans.all(lines, CONTENT, MAX_BYTES));
        }
    }

    @Test
    void whereverTheContentIsCutInThreeTheLinesAreTheSame() {
        for (int first = 0; first <= CONTENT.length; first++) {
            for (int second = first; second <= CONTENT.length; second++) {
                assertThat(Scans.union(lines, CONTENT, MAX_BYTES, first, second))
                        .isEqualTo(Scans.all(lines, CONTENT, MAX_BYTES));
            }
        }
    }
}
