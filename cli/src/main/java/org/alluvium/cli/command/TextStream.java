package org.alluvium.cli.command;

import java.io.PrintStream;
import java.util.Arrays;
import org.alluvium.cli.view.PrintableWriter;
import org.alluvium.tokenizer.Vocabulary;

/**
 * Prints a text token by token. A character may be spread over several tokens, so the end of the text is held back while
 * it is not a whole character.
 */
final class TextStream {

    private static final String INCOMPLETE = "\uFFFD";

    private final Vocabulary vocabulary;
    private final PrintStream out;
    private int[] ids;
    private int printed;

    /** Begins with the text of the given ids. */
    TextStream(Vocabulary vocabulary, int[] ids, PrintStream out) {
        this.vocabulary = vocabulary;
        this.ids = ids.clone();
        this.out = out;
        print(false);
    }

    /** Appends a token. */
    void add(int id) {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        print(false);
    }

    /** Prints what was held back, and ends the line. */
    void end() {
        print(true);
        out.println();
        out.flush();
    }

    private void print(boolean all) {
        String text = vocabulary.decode(ids);
        int end = text.length();
        while (!all && end > printed && text.startsWith(INCOMPLETE, end - 1)) {
            end--;
        }
        out.print(PrintableWriter.printable(text.substring(printed, end)));
        out.flush();
        printed = end;
    }
}
