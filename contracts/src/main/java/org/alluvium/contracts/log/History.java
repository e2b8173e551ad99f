package org.alluvium.contracts.log;

import java.util.OptionalLong;

/**
 * What an entry says of those before it, so that one who knows the newest knows where to look for some of the others.
 *
 * @param takedown sequence of the newest {@link LogEntry.Takedown} or {@link LogEntry.Rewrite} before it; empty if there is
 *     none
 */
public record History(OptionalLong takedown) {

    /** Of the first entry, and of all that were written when there were no takedowns. */
    public static final History NONE = new History(OptionalLong.empty());

    /** Of the entry that follows this one. */
    public static History after(LogEntry entry) {
        boolean link = entry instanceof LogEntry.Takedown || entry instanceof LogEntry.Rewrite;
        return link ? new History(OptionalLong.of(entry.sequence())) : entry.history();
    }
}
