package org.alluvium.trainer.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.RunLayout;

/**
 * Which checkpoints are kept: all permanent ones, the newest temporary ones, and of the others as few as it takes for one to
 * be there when the run has to go back. That one is at least {@code reach} steps old. The oldest one that is younger is kept
 * to take its place, so that it never becomes older than about twice that.
 *
 * @param keepTemporary newest temporary checkpoints that stay
 * @param reach steps that the run may go back; 0 if it never does
 */
public record Retention(int keepTemporary, long reach) {

    /**
     * Chooses those that go.
     *
     * @param newestFirst all checkpoints of a run
     * @param step at which the run is
     */
    List<Path> dispensable(List<Path> newestFirst, long step, Predicate<Path> isTemporary) {
        List<Path> dispensable = new ArrayList<>(
                newestFirst.stream().filter(isTemporary).skip(keepTemporary).toList());
        if (reach > 0) {
            Predicate<Path> old = path -> RunLayout.stepOf(path).orElseThrow() <= step - reach;
            Stream<Path> oldEnough = newestFirst.stream().filter(old).limit(1);
            Stream<Path> next =
                    newestFirst.reversed().stream().filter(old.negate()).limit(1);
            dispensable.removeAll(Stream.concat(oldEnough, next).toList());
        }
        return dispensable;
    }
}
