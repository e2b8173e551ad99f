package org.alluvium.cli.view;

import java.io.PrintStream;
import java.time.Duration;

/** Prints one line every so often, for logs, pipes and continuous integration. */
public final class PlainDisplay implements Display {

    private final PrintStream out;
    private final Duration every;
    private Duration next = Duration.ZERO;

    /** Prints a snapshot if so much time has passed, by the snapshots' own clock, since the one before. */
    public PlainDisplay(PrintStream out, Duration every) {
        this.out = out;
        this.every = every;
    }

    @Override
    public void show(DashboardSnapshot snapshot) {
        if (snapshot.elapsed().compareTo(next) >= 0) {
            next = snapshot.elapsed().plus(every);
            note(DashboardView.logLine(snapshot));
        }
    }

    @Override
    public void note(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
