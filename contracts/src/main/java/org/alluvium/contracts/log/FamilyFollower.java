package org.alluvium.contracts.log;

import java.util.Optional;

/**
 * Knows, while a log is read entry by entry, which family each belongs to. Takes the entries one after another; used by one
 * thread.
 */
public final class FamilyFollower {

    private Optional<Family> recipe;

    private FamilyFollower(Optional<Family> recipe) {
        this.recipe = recipe;
    }

    /** Of a log that is read from its first entry on. */
    public static FamilyFollower fromStart() {
        return new FamilyFollower(Optional.empty());
    }

    /** Of a log that is read from an entry on, which need not be there yet. */
    public static FamilyFollower from(ShardLog log, long sequence) {
        return new FamilyFollower(
                sequence == 0
                        ? Optional.empty()
                        : log.find(sequence - 1).flatMap(before -> Families.recipe(log, before)));
    }

    /** Takes the next entry, and says which family it belongs to. */
    public String next(LogEntry entry) {
        if (entry instanceof LogEntry.Fence fence) {
            recipe = fence.family();
        }
        return name();
    }

    /** The family of the entry taken last. */
    public String name() {
        return recipe.map(Family::name).orElse(Family.MAIN);
    }

    /** Its recipe; empty if it was written when there were none. */
    public Optional<Family> recipe() {
        return recipe;
    }

    /** Whether rows of the entry taken last can be read with a vocabulary, as far as the log tells. */
    public boolean isMadeWith(String tokenizer) {
        return recipe.map(family -> family.tokenizer().equals(tokenizer)).orElse(true);
    }
}
