package org.alluvium.trainer.data;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.contracts.takedown.Takedowns;

/**
 * Passes over documents that are taken down, in every step, and remembers which: steps that were taken before the takedown
 * may have learned from them. Asked by the loader's thread; any thread may look what was passed over.
 */
public final class TakenDocuments implements TrainingOrder.Omissions {

    private final Takedowns takedowns;
    private final Set<String> passed = ConcurrentHashMap.newKeySet();
    private volatile boolean passedHole;

    public TakenDocuments(Takedowns takedowns) {
        this.takedowns = takedowns;
    }

    /** The takedowns that hold. */
    public Takedowns takedowns() {
        return takedowns;
    }

    @Override
    public boolean leavesOut(long step, TrainingDocument document) {
        if (document.length() == 0) {
            passedHole = true;
            return true;
        }
        boolean taken = takedowns
                .out()
                .has(
                        document.id(),
                        document.provenance().source(),
                        document.provenance().url(),
                        document.contentHash());
        if (taken) {
            passed.add(document.id());
        }
        return taken;
    }

    /** Whether a document of this id was passed over, or may have been: a hole does not tell whose it is. */
    public boolean mayHavePassed(String id) {
        return passedHole || passed.contains(id);
    }
}
