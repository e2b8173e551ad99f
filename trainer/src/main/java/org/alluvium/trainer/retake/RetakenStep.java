package org.alluvium.trainer.retake;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.model.Batch;

/**
 * A step that was taken again, and came out as it was recorded. The array is owned by whoever holds it.
 *
 * @param step its number
 * @param checkpoint that it was come from; empty if it was the beginning of the run
 * @param steps that were taken, with this one
 * @param batch what it learned from
 * @param losses (accumulate * B * T) cross entropies in nats, before the step's update; 0 where there is no target
 */
@SuppressWarnings("ArrayRecordComponent") // steps are never compared
public record RetakenStep(long step, Optional<Path> checkpoint, long steps, StepBatch batch, float[] losses) {

    /**
     * What was lost on one token.
     *
     * @param id of the token: the one that follows what is at the position
     * @param nats its cross entropy, before the step's update
     */
    public record TokenLoss(int id, double nats) {

        /** That the model gave to the token. */
        public double probability() {
            return Math.exp(-nats);
        }
    }

    /**
     * What was lost at a position, from 0, of all rows of the step; empty if there is no target, as at the last token of a
     * document.
     *
     * @throws IndexOutOfBoundsException if the step has no such position
     */
    public Optional<TokenLoss> at(int position) {
        Batch first = batch.batches().getFirst();
        int size = first.rows() * first.context();
        int target = batch.batches().get(position / size).targets()[position % size];
        return target == Batch.NOT_SCORED ? Optional.empty() : Optional.of(new TokenLoss(target, losses[position]));
    }
}
