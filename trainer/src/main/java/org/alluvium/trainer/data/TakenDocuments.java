package org.alluvium.trainer.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.alluvium.contracts.takedown.Takedowns;

/**
 * Passes over documents that are taken down, in every step, and remembers where: steps that were taken before the takedown
 * may have learned from them. Asked by the loader's thread; any thread may look what was passed over.
 */
public final class TakenDocuments implements TrainingOrder.Omissions {

    private final Takedowns takedowns;
    private final Map<Long, List<Passed>> passed = new ConcurrentHashMap<>();

    public TakenDocuments(Takedowns takedowns) {
        this.takedowns = takedowns;
    }

    /**
     * What a step passed over.
     *
     * @param place number of the step's pieces before it
     * @param id of the document; empty if it was a hole, which does not tell whose it is
     */
    public record Passed(int place, Optional<String> id) {}

    /** The takedowns that hold. */
    public Takedowns takedowns() {
        return takedowns;
    }

    @Override
    public boolean leavesOut(long step, int place, TrainingDocument document) {
        boolean hole = document.length() == 0;
        boolean taken = hole
                || takedowns
                        .out()
                        .has(
                                document.id(),
                                document.provenance().source(),
                                document.provenance().url(),
                                document.contentHash());
        if (taken) {
            Passed here = new Passed(place, hole ? Optional.empty() : Optional.of(document.id()));
            passed.merge(
                    step,
                    List.of(here),
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return taken;
    }

    /** What a step that has been prepared passed over, in its order. It is forgotten then. */
    public List<Passed> passedIn(long step) {
        List<Passed> here = passed.remove(step);
        return here == null ? List.of() : here;
    }
}
