package org.alluvium.trainer.data;

import java.util.List;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.ShardLog;

/**
 * Which documents of a corpus a run trains on.
 *
 * @param families names of the shard families that it reads; empty for the one that the log begins with
 */
public record Selection(List<String> families) {

    /** Of a run that was told nothing. */
    public static final Selection DEFAULT = new Selection(List.of());

    public Selection {
        families = List.copyOf(families);
    }

    /** The selection of a configuration. */
    static Selection of(TrainConfig train) {
        return new Selection(train.families());
    }

    /** Names of the families that are read of a log; empty if that is not known before it has an entry. */
    List<String> familiesOf(ShardLog log) {
        return families.isEmpty() ? Families.first(log).map(List::of).orElse(families) : families;
    }
}
