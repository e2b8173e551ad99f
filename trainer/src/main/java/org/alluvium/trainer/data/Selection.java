package org.alluvium.trainer.data;

import java.util.List;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.ShardLog;

/**
 * Which documents of a corpus a run trains on.
 *
 * @param families names of the shard families that it reads; empty for the one that the log begins with
 * @param maxAgeMillis how long before the commit of its entry a document may have been published to be trained on; 0 for any
 *     time
 * @param replayShare of a window's documents that come once more, from earlier entries
 */
public record Selection(List<String> families, long maxAgeMillis, double replayShare) {

    /** Of a run that was told nothing. */
    public static final Selection DEFAULT = new Selection(List.of(), 0, 0);

    public Selection {
        families = List.copyOf(families);
    }

    /** The selection of a configuration. */
    static Selection of(TrainConfig train) {
        return new Selection(
                train.families(),
                train.freshness().maxAge().toMillis(),
                train.replay().share());
    }

    /** Documents that are replayed beside so many new ones. */
    int replaysFor(int documents) {
        return (int) (documents * replayShare / (1 - replayShare));
    }

    /** Whether a document is passed over: a function of its row and its entry, and of no clock of the trainer's. */
    public boolean isTooOld(TrainingDocument document) {
        TrainingDocument.Times times = document.times();
        return maxAgeMillis > 0 && times.commitMillis() - times.eventMillis() > maxAgeMillis;
    }

    /** Names of the families that are read of a log; empty if that is not known before it has an entry. */
    List<String> familiesOf(ShardLog log) {
        return families.isEmpty() ? Families.first(log).map(List::of).orElse(families) : families;
    }
}
