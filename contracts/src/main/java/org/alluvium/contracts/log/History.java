package org.alluvium.contracts.log;

import java.util.OptionalLong;

/**
 * What an entry says of those before it, so that one who knows the newest knows where to look for some of the others.
 *
 * @param takedown sequence of the newest {@link LogEntry.Takedown} or {@link LogEntry.Rewrite} before it; empty if there is
 *     none
 * @param fence sequence of the newest {@link LogEntry.Fence} before it; empty if there is none
 */
public record History(OptionalLong takedown, OptionalLong fence) {

    /** Of the first entry, and of all that were written when there were neither takedowns nor families. */
    public static final History NONE = new History(OptionalLong.empty(), OptionalLong.empty());

    /** Of the entry that follows this one. */
    public static History after(LogEntry entry) {
        OptionalLong itself = OptionalLong.of(entry.sequence());
        boolean takesDown = entry instanceof LogEntry.Takedown || entry instanceof LogEntry.Rewrite;
        boolean fences = entry instanceof LogEntry.Fence;
        History before = entry.history();
        return new History(takesDown ? itself : before.takedown, fences ? itself : before.fence);
    }
}
