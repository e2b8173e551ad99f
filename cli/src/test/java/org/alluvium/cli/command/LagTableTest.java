package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.cli.status.SourceLag;
import org.junit.jupiter.api.Test;

class LagTableTest {

    private static final LagTable TABLE = new LagTable(List.of(
            new SourceLag(
                    "stream",
                    "texts-0",
                    OptionalLong.of(12_345),
                    OptionalLong.of(8 << 20),
                    Optional.of(Duration.ofSeconds(75))),
            new SourceLag("notes", "input/notes", OptionalLong.empty(), OptionalLong.empty(), Optional.empty())));

    @Test
    void everyPlaceIsARow() {
        StringWriter out = new StringWriter();
        TABLE.print(new PrintWriter(out, true));

        assertThat(out.toString().lines())
                .containsExactly(
                        "",
                        "source  behind in    documents    bytes  for",
                        "stream  texts-0         12,345  8.0 MiB  1 min 15 s",
                        "notes   input/notes          -        -  -");
    }

    @Test
    void whatIsNotKnownIsLeftOutOfTheJson() {
        assertThat(TABLE.fields())
                .containsExactly(
                        Map.of(
                                "source",
                                "stream",
                                "place",
                                "texts-0",
                                "documents",
                                12_345L,
                                "bytes",
                                8L << 20,
                                "seconds",
                                75.0),
                        Map.of("source", "notes", "place", "input/notes"));
    }
}
