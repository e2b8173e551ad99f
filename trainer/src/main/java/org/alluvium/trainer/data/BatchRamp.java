package org.alluvium.trainer.data;

/**
 * Steps that grow: from few micro-batches to as many as configured, in a straight line over the first steps (Smith et al.,
 * arXiv 1711.00489; McCandlish et al., arXiv 1812.06162, on why early gradients need fewer tokens). A pure function of the
 * step's number, so that a cursor is as exact as without.
 *
 * @param from micro-batches of the first step
 * @param steps over which they rise; 0 for none
 */
public record BatchRamp(int from, long steps) {

    /** As many micro-batches from the start. */
    public static final BatchRamp NONE = new BatchRamp(1, 0);

    /**
     * Micro-batches of a step.
     *
     * @param step from 1
     * @param to micro-batches of a step after the ramp
     */
    int microBatches(long step, int to) {
        return step > steps ? to : Math.toIntExact(from + (to - from) * (step - 1) / steps);
    }
}
