package org.alluvium.flink.job;

/**
 * What a caller may ask of one run of the job beyond its configuration.
 *
 * @param continueCorpus whether a job without a checkpoint may go on with a corpus that another job began; documents that
 *     are in it already and come again are then accepted again
 */
public record IngestOptions(boolean continueCorpus) {

    public static final IngestOptions DEFAULT = new IngestOptions(false);
}
