package org.alluvium.trainer.model;

/**
 * How the frequencies of rotary positions are changed so that a model reads texts longer than those it began with. The two
 * forms are those that Hugging Face's configurations call {@code linear} and {@code llama3}.
 */
public sealed interface RopeScaling {

    /** The frequency to use in place of that of plain rotary positions, in radians a position. */
    double scale(double frequency);

    /** Frequencies as they are. */
    record None() implements RopeScaling {

        @Override
        public double scale(double frequency) {
            return frequency;
        }
    }

    /**
     * Positions are divided by a factor (position interpolation, arXiv 2306.15595).
     *
     * @param factor at least 1
     */
    record Linear(double factor) implements RopeScaling {

        @Override
        public double scale(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Waves much longer than the original context are stretched by a factor, much shorter ones are left, and those between
     * are interpolated (Llama 3.1, arXiv 2407.21783).
     *
     * @param factor at least 1
     * @param lowFactor waves longer than originalContext / lowFactor are stretched
     * @param highFactor waves shorter than originalContext / highFactor are left; above lowFactor
     * @param originalContext tokens of the context before it was extended
     */
    record Llama3(double factor, double lowFactor, double highFactor, int originalContext) implements RopeScaling {

        @Override
        public double scale(double frequency) {
            double wavesInContext = originalContext * frequency / (2 * Math.PI);
            double kept = Math.clamp((wavesInContext - lowFactor) / (highFactor - lowFactor), 0, 1);
            return frequency * (kept + (1 - kept) / factor);
        }
    }
}
