package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.cli.view.DashboardSnapshot.LeftOutDocument;
import org.junit.jupiter.api.Test;

class LeftOutTableTest {

    @Test
    void everyDocumentIsNamedWithWhereItCameFrom() {
        assertThat(printed(document(7)).lines())
                .containsExactly(
                        "",
                        "left out  id    origin       from step  nats/token",
                        "web       id 7  pages.warc7      1,200      11.250");
    }

    @Test
    void ofManyTheNewestAreShown() {
        LeftOutDocument[] many =
                IntStream.range(0, 25).mapToObj(LeftOutTableTest::document).toArray(LeftOutDocument[]::new);
        assertThat(printed(many).lines())
                .hasSize(23)
                .noneMatch(line -> line.contains("id 4"))
                .anyMatch(line -> line.contains("id 24"))
                .last()
                .isEqualTo("5 more before them; --json names all");
    }

    @Test
    void nothingIsSaidWhereNothingIsLeftOut() {
        assertThat(printed()).isEmpty();
    }

    private static LeftOutDocument document(int number) {
        return new LeftOutDocument("web", "pages.warc" + number, "id " + number, 1200, 11.25);
    }

    private static String printed(LeftOutDocument... documents) {
        StringWriter out = new StringWriter();
        new LeftOutTable(List.of(documents)).print(new PrintWriter(out, true));
        return out.toString();
    }
}
