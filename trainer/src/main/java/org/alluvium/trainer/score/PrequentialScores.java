package org.alluvium.trainer.score;

/**
 * Prequential scores (Dawid, 1984): what a model lost on texts before it learned from them.
 *
 * @param total of the whole run
 * @param recent since the last report
 */
public record PrequentialScores(TextScores total, TextScores recent) {

    /** Before the first step. */
    public static final PrequentialScores NONE = new PrequentialScores(TextScores.NONE, TextScores.NONE);
}
