package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * A map from characters to ints; filled while a vocabulary is read and only asked afterwards. Flat where nearly all text is,
 * below U+10000; in pages above.
 */
final class CharTable {

    private static final int FLAT = 0x10000;
    private static final int LOG_PAGE = 8;
    private static final int IN_PAGE = (1 << LOG_PAGE) - 1;

    private final int[] flat = new int[FLAT];
    private final int[][] pages = new int[(Character.MAX_CODE_POINT >> LOG_PAGE) + 1][];
    private final int missing;

    /** An empty map, which answers {@code missing} for every character. */
    CharTable(int missing) {
        this.missing = missing;
        Arrays.fill(flat, missing);
    }

    int get(int character) {
        if (character < FLAT) {
            return flat[character];
        }
        int[] page = pages[character >> LOG_PAGE];
        return page == null ? missing : page[character & IN_PAGE];
    }

    void put(int character, int value) {
        if (character < FLAT) {
            flat[character] = value;
            return;
        }
        int[] page = pages[character >> LOG_PAGE];
        if (page == null) {
            page = new int[IN_PAGE + 1];
            Arrays.fill(page, missing);
            pages[character >> LOG_PAGE] = page;
        }
        page[character & IN_PAGE] = value;
    }
}
