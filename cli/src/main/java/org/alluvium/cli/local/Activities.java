package org.alluvium.cli.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.cli.supervise.ChildState;
import org.alluvium.cli.view.DashboardSnapshot.Activity;
import org.alluvium.cli.view.DashboardSnapshot.Activity.Kind;
import org.alluvium.cli.view.Units;

/** What a process is doing, in the words of the view: its supervisor knows whether it lives, its events what it does. */
final class Activities {

    private Activities() {}

    /**
     * @param lastSign when the process last published something
     * @param waiting why it makes no progress, by its own account
     */
    static Activity of(ChildState state, Optional<Instant> lastSign, Optional<String> waiting, Instant now) {
        return switch (state) {
            case ChildState.WaitingForPredecessor(long pid) ->
                new Activity(Kind.WAITING, "for process " + pid + " of the run before to end");
            case ChildState.Running(long pid, Instant since) -> {
                if (lastSign.isEmpty() || lastSign.get().isBefore(since)) {
                    yield new Activity(Kind.STARTING, "");
                }
                yield waiting.map(reason -> new Activity(Kind.WAITING, reason)).orElse(new Activity(Kind.RUNNING, ""));
            }
            case ChildState.Restarting(String why, Instant at) -> {
                Duration left = Duration.between(now, at);
                yield new Activity(Kind.RESTARTING, why + ", again in " + Units.duration(left));
            }
            case ChildState.Finished() -> new Activity(Kind.DONE, "");
            case ChildState.Stopped() -> new Activity(Kind.STOPPED, "");
            case ChildState.Failed(String message) -> new Activity(Kind.FAILED, "");
        };
    }

    /** One line about a change that a person should know of; empty for what is as expected. */
    static Optional<String> note(String child, ChildState state) {
        return switch (state) {
            case ChildState.WaitingForPredecessor(long pid) ->
                Optional.of(child + ": waiting for process " + pid + " of the run before to end");
            case ChildState.Restarting(String why, Instant at) ->
                Optional.of(child + ": " + why + ", starting it again");
            case ChildState.Running running -> Optional.empty();
            case ChildState.Finished finished -> Optional.of(child + ": finished");
            case ChildState.Stopped stopped -> Optional.empty();
            case ChildState.Failed failed -> Optional.empty();
        };
    }
}
