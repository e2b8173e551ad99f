package org.alluvium.contracts.error;

/**
 * The exit codes of the {@code alluvium} command. Values follow BSD's {@code sysexits.h} where it has one, so that
 * scripts and supervisors can tell a mistake in the configuration from a full disk.
 */
public enum ExitCode {
    OK(0, "the command did what was asked"),
    FAILED(1, "the command ran but did not reach what was asked, or an unexpected error occurred"),
    USAGE(64, "the command line was wrong"),
    DATA(65, "data on disk is damaged or is not what its digest says"),
    UNAVAILABLE(69, "something needed is not there: a JDK, a port, a process, a file"),
    STORAGE(74, "reading or writing failed: disk full, permission, missing directory"),
    FENCED(75, "a newer process has taken over; this one stopped without changing anything"),
    MISMATCH(76, "parts that must belong together do not: tokenizer, model, corpus or checkpoint"),
    CONFIG(78, "the configuration file was refused"),
    INTERRUPTED(130, "stopped by the user before the goal was reached");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
