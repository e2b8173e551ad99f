package org.alluvium.ingest.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts text into what a model is asked about: the words of one script, in lower case, with one blank between them and nothing
 * else; from a few lines at least, {@value #SHORTEST} letters where there are that many, to {@value #LONGEST} letters and the
 * rest of a word. Words of different scripts never share a segment, and what is longer than {@value #LONGEST_WORD} letters is no
 * word. Not thread-safe.
 */
public final class Segments {

    private static final int SHORTEST = 60;
    private static final int LONGEST = 200;
    private static final int LONGEST_WORD = 64;
    private static final int FIRST_COMBINING = 0x300;
    private static final int LAST_COMBINING = 0x36F;

    private final Line[] lines;
    private final Sink sink;

    /** What takes the segments. */
    interface Sink {

        /** A letter of a script that needs no model. */
        void letter(Script script, int codePoint);

        /**
         * A segment in a script that needs one.
         *
         * @param utf8 holds it up to {@code length}; valid during the call
         */
        void segment(Script script, byte[] utf8, int length, int letters);
    }

    Segments(Sink sink) {
        this.sink = sink;
        this.lines = new Line[Script.values().length];
        Arrays.setAll(lines, script -> new Line());
    }

    /** The segments of a text in a language that it takes a model to tell apart, as one is trained on them. */
    public static List<String> of(String text, String language) {
        List<String> segments = new ArrayList<>();
        Segments cut = new Segments(new Sink() {
            @Override
            public void letter(Script script, int codePoint) {
                // no model is asked about it
            }

            @Override
            public void segment(Script script, byte[] utf8, int length, int letters) {
                if (script.languages().contains(language)) {
                    segments.add(new String(utf8, 0, length, StandardCharsets.UTF_8));
                }
            }
        });
        cut.add(text, 0, text.length());
        cut.finish();
        return segments;
    }

    /** Takes in what stands from {@code start} up to {@code end}, as lines of their own. */
    void add(String text, int start, int end) {
        Script open = Script.NONE; // script of the word that is being read, if it needs a model
        for (int i = start; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            Script script = Script.of(c);
            boolean goesOn = script == open || (c >= FIRST_COMBINING && c <= LAST_COMBINING);
            if (open != Script.NONE && goesOn) {
                lines[open.index()].letter(c);
                continue;
            }
            close(open);
            open = script.needsModel() ? script : Script.NONE;
            if (open != Script.NONE) {
                lines[open.index()].letter(c);
            } else if (script != Script.NONE) {
                sink.letter(script, c);
            } else if (c == '\n') {
                handOver(SHORTEST);
            }
        }
        close(open);
        handOver(SHORTEST);
    }

    /** Ends a word. */
    private void close(Script script) {
        if (script != Script.NONE) {
            Line line = lines[script.index()];
            line.endWord();
            if (line.letters >= LONGEST) {
                handOver(script);
            }
        }
    }

    /** Hands over what is left. */
    void finish() {
        handOver(1);
    }

    private void handOver(int shortest) {
        for (Script script : Script.values()) {
            if (lines[script.index()].letters >= shortest) {
                handOver(script);
            }
        }
    }

    private void handOver(Script script) {
        Line line = lines[script.index()];
        sink.segment(script, line.utf8, line.length, line.letters);
        line.clear();
    }

    /** A segment in the making; there is a blank behind every word that has ended. */
    private static final class Line {

        private byte[] utf8 = new byte[64];
        private int length;
        private int letters;
        private int wordStart;
        private int wordLetters;

        void letter(int c) {
            append(Character.toLowerCase(c));
            wordLetters++;
        }

        void endWord() {
            if (wordLetters <= LONGEST_WORD) {
                append(' ');
                letters += wordLetters;
                wordStart = length;
            } else {
                length = wordStart;
            }
            wordLetters = 0;
        }

        void clear() {
            length = 0;
            letters = 0;
            wordStart = 0;
        }

        private void append(int c) {
            if (length + 4 > utf8.length) {
                utf8 = Arrays.copyOf(utf8, 2 * utf8.length);
            }
            if (c < 0x80) {
                utf8[length++] = (byte) c;
            } else if (c < 0x800) {
                utf8[length++] = (byte) (0xC0 | (c >> 6));
                utf8[length++] = (byte) (0x80 | (c & 0x3F));
            } else { // no script that needs a model is beyond the first plane
                utf8[length++] = (byte) (0xE0 | (c >> 12));
                utf8[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                utf8[length++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }
}
