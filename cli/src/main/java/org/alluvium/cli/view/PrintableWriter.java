package org.alluvium.cli.view;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Lets nothing reach a terminal that would command it: control characters of Unicode, but for tab and line ends, become
 * U+FFFD. Texts, names and answers of servers are printed as others have written them, and some of those could move the cursor
 * over what was said, rename a window, or type for the user. Colours ({@code ESC [ … m}) pass. For one thread.
 */
public final class PrintableWriter extends FilterWriter {

    private static final char ESCAPE = '\u001b';
    private static final char REPLACEMENT = '\ufffd';

    public PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(printable(text.substring(from, from + length)));
    }

    /** The text as it may be printed. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int colour = text.charAt(at) == ESCAPE ? endOfColour(text, at) : -1;
            int end = colour > 0 ? colour : at + 1;
            clean.append(colour > 0 ? text.substring(at, end) : printable(text.charAt(at)));
            at = end;
        }
        return clean.toString();
    }

    private static String printable(char c) {
        boolean commands = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
        return String.valueOf(commands ? REPLACEMENT : c);
    }

    /** Where a colour ends that begins here, exclusive; -1 if none does. */
    private static int endOfColour(String text, int start) {
        int i = start + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return -1;
        }
        for (i++; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'm') {
                return i + 1;
            }
            if (c != ';' && (c < '0' || c > '9')) {
                return -1;
            }
        }
        return -1;
    }
}
