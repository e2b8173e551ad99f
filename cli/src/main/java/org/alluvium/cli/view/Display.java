package org.alluvium.cli.view;

/** Where snapshots are shown. Used by one thread at a time. */
public interface Display extends AutoCloseable {

    /** Shows a snapshot in place of the one before, or, where nothing can be redrawn, now and then. */
    void show(DashboardSnapshot snapshot);

    /** Prints a line that stays. */
    void note(String line);

    /** Leaves the last snapshot where it is and prints below it from now on. */
    @Override
    void close();
}
