package org.alluvium.ingest.file;

import java.util.Arrays;

/**
 * Where a record stands in a source, written {@code path@offset} or {@code path#row}.
 *
 * @param path of the file, relative to the source's folder
 * @param unit what the position counts
 * @param position where the record begins
 */
public record Origin(String path, Unit unit, long position) {

    /** What a position counts. */
    public enum Unit {
        /** Bytes of the file's content, decompressed, from 0. */
        BYTE('@'),
        /** Rows of the file, from 0. */
        ROW('#');

        private final char separator;

        Unit(char separator) {
            this.separator = separator;
        }
    }

    /** Where a record begins that is found by its first byte. */
    public Origin(String path, long offset) {
        this(path, Unit.BYTE, offset);
    }

    /** Parses {@link #toString()}; the path may itself hold a separator. */
    public static Origin parse(String text) {
        int separator = Math.max(text.lastIndexOf(Unit.BYTE.separator), text.lastIndexOf(Unit.ROW.separator));
        if (separator < 0) {
            throw new IllegalArgumentException("an origin is path@offset or path#row, not " + text);
        }
        Unit unit = Arrays.stream(Unit.values())
                .filter(candidate -> candidate.separator == text.charAt(separator))
                .findFirst()
                .orElseThrow();
        return new Origin(text.substring(0, separator), unit, Long.parseLong(text.substring(separator + 1)));
    }

    @Override
    public String toString() {
        return path + unit.separator + position;
    }
}
