package org.alluvium.cli.doctor;

/**
 * What a probe found.
 *
 * @param subject what was looked at, e.g. {@code memory}
 * @param level how bad it is
 * @param what what was measured, for a person
 * @param todo what to do about it; empty where there is nothing to do
 */
public record Finding(String subject, Level level, String what, String todo) {

    /** How bad a finding is. */
    public enum Level {
        OK,
        WARNING,
        FAILURE
    }

    static Finding ok(String subject, String what) {
        return new Finding(subject, Level.OK, what, "");
    }

    static Finding warning(String subject, String what, String todo) {
        return new Finding(subject, Level.WARNING, what, todo);
    }

    static Finding failure(String subject, String what, String todo) {
        return new Finding(subject, Level.FAILURE, what, todo);
    }
}
