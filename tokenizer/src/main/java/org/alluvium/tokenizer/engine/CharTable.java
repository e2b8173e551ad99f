package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/** A map from characters to ints, in pages; filled while a vocabulary is read and only asked afterwards. */
final class CharTable {

    private static final int PAGE = 256;

    private final int[][] pages = new int[Character.MAX_CODE_POINT / PAGE + 1][];
    private final int missing;

    /** An empty map, which answers {@code missing} for every character. */
    CharTable(int missing) {
        this.missing = missing;
    }

    int get(int character) {
        int[] page = pages[character / PAGE];
        return page == null ? missing : page[character % PAGE];
    }

    void put(int character, int value) {
        int[] page = pages[character / PAGE];
        if (page == null) {
            page = new int[PAGE];
            Arrays.fill(page, missing);
            pages[character / PAGE] = page;
        }
        page[character % PAGE] = value;
    }
}
