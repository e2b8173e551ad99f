package org.alluvium.cli.supervise;

import org.alluvium.contracts.error.ExitCode;

/**
 * How it all ended.
 *
 * @param code the exit code for the supervisor's own process
 * @param message why, in a sentence; empty where there is nothing to say
 */
public record Outcome(ExitCode code, String message) {

    /** Everything asked for was reached. */
    public static final Outcome REACHED = new Outcome(ExitCode.OK, "");

    /** Somebody stopped it. */
    public static final Outcome STOPPED = new Outcome(ExitCode.INTERRUPTED, "");
}
