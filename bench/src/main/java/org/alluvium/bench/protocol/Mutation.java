package org.alluvium.bench.protocol;

/** Protocols that lack one thing each. */
public enum Mutation {
    CREATION_NOT_EXCLUSIVE("an entry is written over one that has taken its number"),
    FENCE_PASSED("a writer that finds a fence at its number takes the next"),
    REPLAY_NOT_KNOWN("a commit that is repeated after a restore is not known again in the log"),
    OLD_CHECKPOINT_TAKEN("a job that was restored from a checkpoint older than the newest commit may claim the log"),
    BRANCH_NOT_ASKED("a checkpoint that a replaced attempt completed passes for one of its successor's by its number"),
    PUBLISHED_TOO_SOON("files are published when a checkpoint begins, not when it is complete"),
    FILES_NOT_IN_STATE("a checkpoint holds offsets, but not the files that were written up to them"),
    OFFSETS_NOT_IN_STATE("a checkpoint holds files, but the offsets of the checkpoint before"),
    JANITOR_ASKS_NO_AGE("the janitor deletes files that were written after its attempt had begun"),
    JANITOR_ASKS_NOT_THE_COMMITTER("the janitor deletes files that the committer holds for an entry to come"),
    JANITOR_TAKES_SWEPT_FILES("the janitor deletes what a sweep has written and not named yet"),
    FENCED_JANITOR_GOES_ON("the janitor of an attempt that was replaced goes on deleting"),
    MISSING_FILES_COMMITTED("a restored committer publishes files without a look whether they are there"),
    GATE_OPEN("a commit takes nothing out that was taken down while its files were written"),
    BEST_KNOWLEDGE_COUNTS("of files with different knowledge of takedowns the better one counts for all"),
    WRITER_CLAIMS_TOO_MUCH("a writer says that it knew what it has learned only when it closed its files"),
    COPY_NOT_VERIFIED("what a sweep has written is not compared with the old file"),
    DESTROYED_TOO_SOON("a sweep destroys old files before its entry is there"),
    REWRITES_NOT_COMPARED("a sweep does not look whether another has replaced files meanwhile"),
    SWEEP_SAYS_TOO_MUCH("a sweep's entry says that takedowns are carried out which came while it searched"),
    OWN_ANSWER_NOT_KNOWN("who creates an entry and loses the answer takes it for somebody else's"),
    LEFTOVERS_STAY("a sweep does not destroy what a killed one has replaced"),
    LEFTOVERS_LOOKED_FOR_ONCE("a sweep looks for what others have replaced when it begins, and not again"),
    NO_LOCK("a second trainer may begin while another is at work"),
    JOURNAL_NOT_FORCED("a checkpoint is published while lines before it may still be lost"),
    CHECKPOINT_BEFORE_LINE("a checkpoint is published before its step is in the journal"),
    STEP_OF_JOURNAL("a run goes on at the journal's last step with the weights of its checkpoint"),
    LINES_NOT_COMPARED("steps that are taken again are written again"),
    TAKEDOWN_LINE_MISSING(
            "a step that comes out differently for a takedown is written without the line that makes old ones void"),
    VOID_LINES_COUNT("void lines are compared with steps that are taken again"),
    UNDONE_CHECKPOINT_TAKEN("a run goes on from a checkpoint of steps that were undone"),
    PREPARED_STEP_TAKEN("a step that was prepared before a takedown was heard of is taken after"),
    TAKEDOWN_NOT_HEARD_ON_THE_WAY("a trainer that reads past a takedown need not know of it");

    private final String words;

    Mutation(String words) {
        this.words = words;
    }

    /** What is missing. */
    public String words() {
        return words;
    }
}
