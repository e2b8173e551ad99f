package org.alluvium.flink.job;

import java.util.Optional;
import org.alluvium.contracts.config.Location;

/**
 * What a caller may ask of one run of the job beyond its configuration.
 *
 * @param restoreFrom savepoint or checkpoint folder to continue from, instead of the newest checkpoint in the corpus
 * @param continueCorpus whether a job without a checkpoint may go on with a corpus that another job began; documents that
 *     are in it already and come again are then accepted again
 */
public record IngestOptions(Optional<Location> restoreFrom, boolean continueCorpus) {

    public static final IngestOptions DEFAULT = new IngestOptions(Optional.empty(), false);
}
