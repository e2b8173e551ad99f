package org.alluvium.cli.chaos;

/** Told how far a run is. Called by one thread at a time. */
public interface Progress {

    /** Another part of the work begins. */
    void begin(String work);

    /** So much of it is done. */
    void at(long done, long all);

    /** Something worth a line of its own. */
    void say(String line);
}
