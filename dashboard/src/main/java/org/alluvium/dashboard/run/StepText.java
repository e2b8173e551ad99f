package org.alluvium.dashboard.run;

import ch.randelshofer.fastdoubleparser.JsonDoubleParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a line of a step if its figures have the names of those of the line before, in their order, as nearly all have. It then
 * only has to compare and to read numbers. Whatever else a line may be, it leaves to others. For one thread.
 */
final class StepText {

    private static final byte[] BEGIN = bytes("{\"time\":\"");
    private static final byte[] TYPE = bytes("\",\"type\":\"step\"");
    private static final int LONGEST_TIME = "2026-01-31T23:59:59.123456789Z".length();
    /** Names that JSON writes as they are. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./ -]+");

    private final Timestamps timestamps;
    private List<String> names = List.of();
    private byte[][] keys = {};
    private boolean known;
    private double[] figures = {};
    private long millis;

    StepText(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Lines to come have figures of these names. */
    void expect(List<String> expected) {
        if (known && expected.equals(names)) {
            return;
        }
        names = List.copyOf(expected);
        known = names.stream().allMatch(name -> PLAIN.matcher(name).matches());
        keys = names.stream().map(name -> bytes(",\"" + name + "\":")).toArray(byte[][]::new);
        figures = new double[keys.length];
    }

    /**
     * Reads the line that begins at a place. A line feed has to come before the end.
     *
     * @return where the next line begins; -1 if this one is not such a line
     */
    int read(byte[] bytes, int from, int end) {
        int next = known ? skip(BEGIN, bytes, from, end) : -1;
        int type = next < 0 ? -1 : endOfTime(bytes, next, end);
        int at = type < 0 ? -1 : skip(TYPE, bytes, type, end);
        if (at < 0) {
            return -1;
        }
        for (int i = 0; i < keys.length; i++) {
            at = skip(keys[i], bytes, at, end);
            if (at < 0) {
                return -1;
            }
            int number = at;
            at = endOfNumber(bytes, number, end);
            try {
                figures[i] = JsonDoubleParser.parseDouble(bytes, number, at - number);
            } catch (NumberFormatException e) {
                return -1; // others will say what it is
            }
        }
        if (at + 1 >= end || bytes[at] != '}' || bytes[at + 1] != '\n') {
            return -1;
        }
        millis = timestamps.millis(bytes, next, type - next);
        return at + 2;
    }

    /** Behind some text, or -1 if it is not there. */
    private static int skip(byte[] text, byte[] bytes, int from, int end) {
        int behind = from + text.length;
        return behind < end && Arrays.equals(text, 0, text.length, bytes, from, behind) ? behind : -1;
    }

    private static int endOfTime(byte[] bytes, int from, int end) {
        for (int i = from; i < Math.min(end, from + LONGEST_TIME + 1); i++) {
            if (bytes[i] == '"') {
                return i;
            }
            if (bytes[i] == '\\' || bytes[i] == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private static int endOfNumber(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** When the step that was read last was written, in milliseconds since the epoch. */
    long millis() {
        return millis;
    }

    /** Figures of the step that was read last, one for each name; they are overwritten by the next. */
    double[] figures() {
        return figures;
    }
}
