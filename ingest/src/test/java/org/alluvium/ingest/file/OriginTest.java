package org.alluvium.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.alluvium.ingest.file.Origin.Unit;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void isWrittenAsPathAndOffsetOrRow() {
        assertThat(new Origin("a/b.jsonl", Unit.BYTE, 7)).hasToString("a/b.jsonl@7");
        assertThat(new Origin("a/b.parquet", Unit.ROW, 7)).hasToString("a/b.parquet#7");
    }

    @Test
    void aPathMayHoldTheSeparators() {
        assertThat(Origin.parse("a#1@2.jsonl@7")).isEqualTo(new Origin("a#1@2.jsonl", Unit.BYTE, 7));
        assertThat(Origin.parse("a@1#2.parquet#7")).isEqualTo(new Origin("a@1#2.parquet", Unit.ROW, 7));
    }

    @Test
    void whatHasNoPositionIsRefused() {
        assertThatThrownBy(() -> Origin.parse("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
