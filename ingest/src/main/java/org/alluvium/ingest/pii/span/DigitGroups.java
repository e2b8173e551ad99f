package org.alluvium.ingest.pii.span;

/**
 * Groups of ASCII digits with single separators between them, as long numbers are written: {@code +44 (20) 7946-0911}. An
 * instance reads one such number after another from one text. What separates two groups is told by one character: a blank,
 * {@code -}, {@code .} or {@code /} for itself and what looks like it, {@code (} for anything with a parenthesis in it.
 */
public final class DigitGroups {

    /** More groups than this are a table and not a number. */
    static final int MOST_GROUPS = 12;

    private static final int MOST_DIGITS = 64;
    private static final char NONE = 0;

    private final char[] text;
    private final int[] starts = new int[MOST_GROUPS];
    private final int[] ends = new int[MOST_GROUPS];
    private final char[] separators = new char[MOST_GROUPS + 1]; // separators[g] stands before group g
    private final int[] digits = new int[MOST_DIGITS];
    private int count;
    private int totalDigits;

    public DigitGroups(char[] text) {
        this.text = text;
    }

    /**
     * Reads the groups that begin at a digit. There are none to see afterwards if they are more than a number can have. A
     * group behind the first that goes on with a letter is not one of them.
     *
     * @return first index behind the groups
     */
    public int read(int from) {
        count = 0;
        totalDigits = 0;
        separators[0] = NONE;
        int seen = 0;
        int end = from;
        int start = from;
        while (start >= 0) {
            int groupEnd = endOfDigits(start);
            if (seen > 0 && Chars.isAsciiLetter(Chars.at(text, groupEnd))) {
                break;
            }
            if (seen == count && count < MOST_GROUPS && totalDigits + groupEnd - start <= MOST_DIGITS) {
                add(start, groupEnd);
            }
            seen++;
            end = groupEnd;
            int separator = separatorLength(end);
            separators[count] = separator == 0 ? NONE : kindOfSeparator(end, separator);
            start = separator == 0 ? -1 : end + separator;
        }
        if (seen > count) {
            count = 0;
            totalDigits = 0;
        }
        return end;
    }

    private int endOfDigits(int start) {
        int end = start;
        while (end < text.length && Chars.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private void add(int start, int end) {
        starts[count] = start;
        ends[count] = end;
        count++;
        for (int i = start; i < end; i++) {
            digits[totalDigits++] = text[i] - '0';
        }
    }

    /** Length of what separates a group that ends at the index from the next; 0 if there is no next. */
    private int separatorLength(int at) {
        char first = plain(Chars.at(text, at));
        if (first == NONE) {
            return 0;
        }
        char second = Chars.at(text, at + 1);
        if (Chars.isDigit(second)) {
            return 1;
        }
        boolean spaced = first == ' ' && plain(second) == '-' && Chars.at(text, at + 2) == ' ';
        if (spaced) {
            return Chars.isDigit(Chars.at(text, at + 3)) ? 3 : 0;
        }
        boolean opens = second == '(' && (first == ' ' || first == '-');
        boolean closes = first == ')' && (plain(second) == ' ' || plain(second) == '-');
        return (opens || closes) && Chars.isDigit(Chars.at(text, at + 2)) ? 2 : 0;
    }

    private char kindOfSeparator(int at, int length) {
        char first = plain(text[at]);
        if (length == 3) {
            return '-';
        }
        return length == 2 || first == ')' ? '(' : first;
    }

    /** The plain character that one between groups stands for, or NONE. */
    private static char plain(char c) {
        return switch (c) {
            case ' ', '\u00A0', '\u2009', '\u202F' -> ' ';
            case '-', '\u2010', '\u2011', '\u2013' -> '-';
            case '.', '/', '(', ')' -> c;
            default -> NONE;
        };
    }

    public char[] text() {
        return text;
    }

    public int count() {
        return count;
    }

    public int totalDigits() {
        return totalDigits;
    }

    public int start(int group) {
        return starts[group];
    }

    public int end(int group) {
        return ends[group];
    }

    public int length(int group) {
        return ends[group] - starts[group];
    }

    /** What stands before a group: between it and the one before, or behind the last. NUL at both ends of the groups. */
    public char separator(int group) {
        return separators[group];
    }

    public char charBefore(int group) {
        return Chars.at(text, starts[group] - 1);
    }

    public char charAfter(int group) {
        return Chars.at(text, ends[group]);
    }

    /** How many digits the groups from one up to another have. */
    public int digits(int from, int to) {
        int sum = 0;
        for (int group = from; group < to; group++) {
            sum += length(group);
        }
        return sum;
    }

    /** The values of these groups' digits in a row. */
    public int[] values(int from, int to) {
        int[] values = new int[digits(from, to)];
        System.arraycopy(digits, digits(0, from), values, 0, values.length);
        return values;
    }

    /** Whether groups of these lengths begin at a group. */
    public boolean hasShape(int from, int... lengths) {
        if (from + lengths.length > count) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (length(from + i) != lengths[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the same separator stands between all groups from one up to another. */
    public boolean separatedBy(char separator, int from, int to) {
        for (int group = from + 1; group < to; group++) {
            if (separators[group] != separator) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the groups from one up to another are a number of their own: no letter touches them, and no further group is
     * joined to them by anything but a blank or a parenthesis.
     */
    public boolean standAlone(int from, int to) {
        return isLoose(separators[from])
                && isLoose(separators[to])
                && !Chars.joins(charBefore(from))
                && endsHere(to - 1);
    }

    private static boolean isLoose(char separator) {
        return separator == NONE || separator == ' ' || separator == '(';
    }

    private boolean endsHere(int last) {
        char after = charAfter(last);
        return !Chars.joins(after) || Chars.isDigit(after);
    }

    /** Whether a group touches no character that would make it part of an address, a path, a fraction or a name. */
    public boolean isBare(int group) {
        char before = charBefore(group);
        char after = charAfter(group);
        boolean fraction = (after == '.' || after == ',') && Chars.isDigit(Chars.at(text, ends[group] + 1));
        return !fraction
                && separators[group] == NONE
                && !Chars.joins(before)
                && !Chars.joins(after)
                && "/._-\\$#%&*^".indexOf(before) < 0
                && "/_-\\%&*^".indexOf(after) < 0;
    }
}
