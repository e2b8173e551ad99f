package org.alluvium.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void isWrittenAsPathAndNumber() {
        assertThat(new Origin("a/b.jsonl", 7)).hasToString("a/b.jsonl#7");
    }

    @Test
    void aPathMayHoldTheSeparator() {
        assertThat(Origin.parse("a#1.jsonl#7")).isEqualTo(new Origin("a#1.jsonl", 7));
    }

    @Test
    void whatHasNoNumberIsRefused() {
        assertThatThrownBy(() -> Origin.parse("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
