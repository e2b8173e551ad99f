package org.alluvium.ingest.language;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a text that are looked at: all of it up to {@value #WHOLE} UTF-16 units; of a longer one {@value #COUNT} windows
 * of {@value #LENGTH}, evenly spread, the first at its beginning and the last at its end.
 *
 * @param start of a part
 * @param end the first index behind it
 */
record Window(int start, int end) {

    private static final int COUNT = 16;
    private static final int LENGTH = 1024;
    private static final int WHOLE = COUNT * LENGTH;

    static List<Window> of(String text) {
        if (text.length() <= WHOLE) {
            return List.of(new Window(0, text.length()));
        }
        List<Window> windows = new ArrayList<>(COUNT);
        int room = text.length() - LENGTH;
        for (int i = 0; i < COUNT; i++) {
            int start = (int) ((long) room * i / (COUNT - 1));
            windows.add(new Window(start, start + LENGTH));
        }
        return windows;
    }
}
