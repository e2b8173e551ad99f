package org.alluvium.cli.supervise;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.error.ExitCode;

/**
 * Decides what the end of a process means. An error that a person must mend ends everything, since a restart would only
 * repeat it. Anything else, a signal or a defect, is a crash: the process starts again after a delay that doubles with each
 * crash in a row, until there have been too many.
 *
 * @param firstDelay before the first restart
 * @param longestDelay no delay is longer
 * @param healthyAfter a process that ran this long has recovered: its crashes are forgotten
 * @param crashesInARow so many crashes, none of them after a healthy run, end everything
 */
public record RestartPolicy(Duration firstDelay, Duration longestDelay, Duration healthyAfter, int crashesInARow) {

    /** One second, doubling up to a minute; ten crashes in a row are taken for an illness. */
    public static final RestartPolicy STANDARD =
            new RestartPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(2), 10);

    /** Errors of which the message tells a person what to do. */
    private static final Set<ExitCode> FOR_A_PERSON = EnumSet.of(
            ExitCode.USAGE,
            ExitCode.DATA,
            ExitCode.UNAVAILABLE,
            ExitCode.STORAGE,
            ExitCode.FENCED,
            ExitCode.MISMATCH,
            ExitCode.CONFIG);

    private static final int OUT_OF_MEMORY = 3;
    private static final int SIGNALS_FROM = 128;

    /** What to do about a process that has ended. */
    sealed interface Verdict {

        /** It reached its goal. */
        record Finished() implements Verdict {}

        /** It crashed: start it again. */
        record Restart(Duration delay, String why) implements Verdict {}

        /** Stop everything, and exit with the code. */
        record GiveUp(ExitCode code, String why) implements Verdict {}
    }

    /**
     * @param exitCode as the operating system tells it; 128 plus the number for a signal
     * @param ranFor how long the process lived
     * @param crashesBefore crashes in a row before this end
     */
    Verdict judge(int exitCode, Duration ranFor, int crashesBefore) {
        if (exitCode == ExitCode.OK.code()) {
            return new Verdict.Finished();
        }
        Optional<ExitCode> known = Arrays.stream(ExitCode.values())
                .filter(code -> code.code() == exitCode)
                .findFirst();
        if (known.filter(FOR_A_PERSON::contains).isPresent()) {
            return new Verdict.GiveUp(known.get(), known.get().meaning());
        }
        int crashes = crashesAfter(ranFor, crashesBefore);
        if (crashes >= crashesInARow) {
            return new Verdict.GiveUp(
                    ExitCode.FAILED, "crashed " + crashes + " times in a row, the last time " + cause(exitCode));
        }
        return new Verdict.Restart(delay(crashes), cause(exitCode));
    }

    /** Crashes in a row, this one included. */
    int crashesAfter(Duration ranFor, int crashesBefore) {
        return ranFor.compareTo(healthyAfter) >= 0 ? 1 : crashesBefore + 1;
    }

    private Duration delay(int crashes) {
        Duration doubled = firstDelay.multipliedBy(1L << Math.min(crashes - 1, 20));
        return doubled.compareTo(longestDelay) < 0 ? doubled : longestDelay;
    }

    private static String cause(int exitCode) {
        return switch (exitCode) {
            case OUT_OF_MEMORY -> "out of memory";
            case SIGNALS_FROM + 6 -> "aborted (signal 6)";
            case SIGNALS_FROM + 9 -> "killed (signal 9)";
            case SIGNALS_FROM + 11 -> "segmentation fault (signal 11)";
            case SIGNALS_FROM + 15 -> "terminated (signal 15)";
            default ->
                exitCode > SIGNALS_FROM
                        ? "signal " + (exitCode - SIGNALS_FROM)
                        : "unexpected error (exit code " + exitCode + ")";
        };
    }
}
