package org.alluvium.dashboard.estimate;

/**
 * The arithmetic of a training run: six operations for each parameter and token, two forward and four backward (Kaplan et al.,
 * 2020, section 2.1), and those of attention's scores and their products with the values, which have no parameters.
 *
 * @param parameters of the model
 * @param tokens trained on
 * @param attention what attention adds; {@link Attention#NONE} counts as most published figures do
 */
public record Work(double parameters, double tokens, Attention attention) {

    private static final int PER_PARAMETER_AND_TOKEN = 6;

    /**
     * The part of attention that has no parameters.
     *
     * @param layers of the model
     * @param channels of all heads together
     * @param context tokens that a sequence has
     */
    public record Attention(int layers, int channels, int context) {

        public static final Attention NONE = new Attention(0, 0, 0);

        /**
         * Operations for one token, forward and backward: scores and values are two products of 2·T·C operations forward, twice
         * that backward; of T positions a token sees half on average.
         */
        double flopsPerToken() {
            return 6.0 * layers * channels * context;
        }
    }

    public Work {
        if (!(parameters > 0 && tokens > 0)) {
            throw new IllegalArgumentException("parameters and tokens must be above zero");
        }
    }

    /** All floating-point operations. */
    public double flops() {
        return tokens * (PER_PARAMETER_AND_TOKEN * parameters + attention.flopsPerToken());
    }

    /** Operations a second that the work takes if it is to be done in so many days. */
    public double flopsPerSecond(double days) {
        return flops() / (days * Plan.SECONDS_A_DAY);
    }

    /** Devices that it takes then, where each does so many operations a second; as a broken number. */
    public double devices(double days, double flopsPerSecondOfDevice) {
        return flopsPerSecond(days) / flopsPerSecondOfDevice;
    }
}
