package org.alluvium.ingest.mark;

/**
 * The lines that separate the messages of a mailbox (RFC 4155): {@code "From "}, a sender, and a date with a time of day and
 * a year. Mailers protect lines of a message that begin like that with a {@code >}; those of a mailer that does not are told
 * apart by the date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4155">RFC 4155</a>
 */
final class MboxMarks implements Marks {

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
    private static final int LONGEST_LINE = 512;
    private static final int YEAR_DIGITS = 4;

    @Override
    public int lookBehind() {
        return 1;
    }

    @Override
    public int longest() {
        return LONGEST_LINE;
    }

    @Override
    public Mark find(byte[] bytes, int from, int to, int limit) {
        for (int at = from; at < to; at++) {
            if ((at == 0 || bytes[at - 1] == '\n') && bytes[at] == 'F' && isSeparator(bytes, at, limit)) {
                return new Mark(at, FROM.length, true);
            }
        }
        return null;
    }

    private static boolean isSeparator(byte[] bytes, int at, int limit) {
        int end = Math.min(limit, at + LONGEST_LINE);
        if (!Ascii.startsWith(bytes, at, end, FROM)) {
            return false;
        }
        boolean time = false;
        boolean year = false;
        int digits = 0;
        for (int i = at + FROM.length; i < end && bytes[i] != '\n'; i++) {
            boolean digit = bytes[i] >= '0' && bytes[i] <= '9';
            time |= bytes[i] == ':' && digits > 0 && i + 1 < end && bytes[i + 1] >= '0' && bytes[i + 1] <= '9';
            digits = digit ? digits + 1 : 0;
            boolean last = i + 1 == end || bytes[i + 1] < '0' || bytes[i + 1] > '9';
            year |= digits == YEAR_DIGITS && last;
        }
        return time && year;
    }

    @Override
    public boolean isFiller(byte[] bytes) {
        return Ascii.isBlank(bytes);
    }

    /** A message ends with a line feed; one that is still being written may end anywhere. */
    @Override
    public boolean isWhole(byte[] record) {
        return record[record.length - 1] == '\n';
    }
}
