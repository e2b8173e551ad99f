package org.alluvium.bench.protocol;

/** What must hold in every state. */
public enum Invariant {
    ONCE_IN_THE_LOG(
            "commits hold every record once, in the order of the source, and leave out only what was taken down"),
    FENCED("no commit of an older epoch follows a newer fence"),
    FILES_ARE_THERE(
            "what a commit names, or what it has become, is there whole, with holes only for what was taken down"),
    NOT_AFTER_TAKEDOWN("no commit after a takedown names a record that it selects"),
    SWEPT("once a sweep says that it is done, no file that the log ever named holds what it was to take out"),
    LEARNED_ONCE("lines that count have every record at most once, step by step, in log order"),
    WEIGHTS_FOLLOW_JOURNAL("weights are what the lines that count say, up to their step"),
    NOTHING_MISSED("a step passes over nothing but what was taken down"),
    NOT_LEARNED_KNOWINGLY("no step learns from what the trainer knew, or had to know, to be taken down"),
    RESUMABLE("a run goes on whatever was killed, and takes the steps again that it has taken"),
    PROGRESS("without more faults everything is published, taken out and learned");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    /** What holds. */
    public String words() {
        return words;
    }
}
