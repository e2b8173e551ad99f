package org.alluvium.ingest.file;

/**
 * Where a record stands in a source, written {@code path#number}.
 *
 * @param path of the file, relative to the source's folder
 * @param record number of the record in the file, counted from 1
 */
public record Origin(String path, long record) {

    /** Parses {@link #toString()}; the path may itself hold the separator. */
    public static Origin parse(String text) {
        int separator = text.lastIndexOf('#');
        if (separator < 0) {
            throw new IllegalArgumentException("an origin is path#number, not " + text);
        }
        return new Origin(text.substring(0, separator), Long.parseLong(text.substring(separator + 1)));
    }

    @Override
    public String toString() {
        return path + '#' + record;
    }
}
