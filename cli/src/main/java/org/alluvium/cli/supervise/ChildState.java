package org.alluvium.cli.supervise;

import java.time.Instant;

/** What a supervised process is doing. */
public sealed interface ChildState {

    /** Not started yet: a process of an earlier run still has its folder, and is stopping. */
    record WaitingForPredecessor(long pid) implements ChildState {}

    /** Running since the given time. */
    record Running(long pid, Instant since) implements ChildState {}

    /** It crashed, for the given reason, and starts again at the given time. */
    record Restarting(String why, Instant at) implements ChildState {}

    /** It reached its goal. */
    record Finished() implements ChildState {}

    /** It ended because it was asked to. */
    record Stopped() implements ChildState {}

    /** It ended with an error that starting it again would not mend. */
    record Failed(String message) implements ChildState {}
}
