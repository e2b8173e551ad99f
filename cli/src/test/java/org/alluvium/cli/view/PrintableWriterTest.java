package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableWriterTest {

    private static String printed(String text) {
        StringWriter written = new StringWriter();
        PrintWriter out = new PrintWriter(new PrintableWriter(written));
        out.print(text);
        out.flush();
        return written.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J", // wipes the screen
                "\u001b[1A\u001b[2K", // goes over the line before
                "\u001b]0;title\u0007", // renames the window
                "\u001b[6n", // makes the terminal type
                "\u009b2J", // the same in one character
                "\u001bP+q\u001b\\",
                "\u0008\u0008\u0008",
                "\u001b[31",
                "\u001b"
            })
    void nothingCommandsTheTerminal(String text) {
        assertThat(printed("id " + text + " of a document"))
                .startsWith("id \ufffd")
                .endsWith(" of a document")
                .doesNotContainPattern("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]");
    }

    @Test
    void textAndColoursStayAsTheyAre() {
        String text = "a\tline\r\n\u001b[1;31mred\u001b[0m \u00e9 \u4e2d \ud83d\ude00";

        assertThat(printed(text)).isEqualTo(text);
    }
}
