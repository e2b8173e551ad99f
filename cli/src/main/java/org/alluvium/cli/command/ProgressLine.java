package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far some work is and when it will be done: a line that is written over on a terminal, and elsewhere a line for every tenth.
 * Not thread-safe.
 */
final class ProgressLine {

    private static final long BETWEEN_LINES_NANOS = 200_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private String what = "";
    private long begunNanos;
    private long shownNanos;
    private long shownTenths;
    private boolean open;

    ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
    }

    /** Begins another work. */
    void begin(String work) {
        what = work;
        begunNanos = nanoClock.getAsLong();
        shownNanos = begunNanos;
        shownTenths = 0;
    }

    /** Says that {@code done} of {@code all} is done. */
    void at(long done, long all) {
        long now = nanoClock.getAsLong();
        long tenths = all == 0 ? 0 : 10 * done / all;
        if (terminal ? now - shownNanos < BETWEEN_LINES_NANOS : tenths <= shownTenths) {
            return;
        }
        shownNanos = now;
        shownTenths = tenths;
        double seconds = (now - begunNanos) / 1e9;
        String line = String.format(
                Locale.ROOT,
                "%s %d%%, %.0f s to go",
                what,
                all == 0 ? 0 : 100 * done / all,
                done == 0 ? 0 : seconds * (all - done) / done);
        if (terminal) {
            out.print("\r\u001b[K" + line);
            open = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Says how long it took. */
    void end() {
        say(String.format(Locale.ROOT, "%s took %.1f s", what, (nanoClock.getAsLong() - begunNanos) / 1e9));
    }

    /** Prints a line of its own. */
    void say(String line) {
        if (open) {
            out.print("\r\u001b[K");
            open = false;
        }
        out.println(line);
        out.flush();
    }
}
