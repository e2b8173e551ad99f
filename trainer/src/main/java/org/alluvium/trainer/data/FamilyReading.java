package org.alluvium.trainer.data;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.FamilyFollower;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;

/**
 * Tells which entries of a log a run reads: those of its families. The others count as not there. Takes the entries one after
 * another; used by one thread.
 */
public final class FamilyReading {

    private final FamilyFollower follower;
    private List<String> wanted;

    private FamilyReading(FamilyFollower follower, List<String> wanted) {
        this.follower = follower;
        this.wanted = wanted;
    }

    /** Of a log that is read from an entry on, which need not be there yet. */
    public static FamilyReading from(ShardLog log, long sequence, Selection selection) {
        return new FamilyReading(FamilyFollower.from(log, sequence), selection.familiesOf(log));
    }

    /** Takes the next entry, and says whether the run reads it. */
    public boolean reads(LogEntry entry) {
        String family = follower.next(entry);
        if (wanted.isEmpty()) {
            wanted = List.of(family); // the first entry of a log that was empty
        }
        return wanted.contains(family);
    }

    /** For people: what to do where the log goes on in a family that is not read; empty if it is. */
    public Optional<String> elsewhere() {
        String family = follower.name();
        if (wanted.isEmpty() || wanted.contains(family)) {
            return Optional.empty();
        }
        return Optional.of("the log goes on in family '" + family
                + "', which this run does not read: set train.families: [" + String.join(", ", wanted) + ", " + family
                + "] if it has the same vocabulary, or begin another train.run");
    }

    /**
     * Checks that the entry taken last, which is read, has rows for a trainer of this kind, as far as the log tells.
     *
     * @throws MismatchException naming what differs
     */
    void requireRecipe(String tokenizer, DocumentEnds ends, LogEntry entry) {
        Optional<Family> made = follower.recipe();
        List<String> keys = made.map(family -> family.differences(
                        new Family(family.name(), tokenizer, ends.bos(), ends.eos(), family.rules())))
                .orElse(List.of());
        if (!keys.isEmpty()) {
            Family family = made.orElseThrow();
            throw new MismatchException(
                    "from here on the rows of family '" + family.name() + "' are made with vocabulary "
                            + family.tokenizer() + ", addBos " + family.addBos() + " and addEos " + family.addEos()
                            + ", and this run is configured with " + tokenizer + ", " + ends.bos() + " and "
                            + ends.eos(),
                    "log entry " + entry.sequence(),
                    "Set " + String.join(", ", keys)
                            + " to what the family has, or leave it out of train.families: one run"
                            + " reads families of one vocabulary");
        }
    }
}
