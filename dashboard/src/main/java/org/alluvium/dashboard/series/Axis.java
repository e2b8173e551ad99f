package org.alluvium.dashboard.series;

/** What figures are drawn over. */
public enum Axis {
    /** Optimizer steps. */
    STEP,
    /** Input tokens trained on. */
    TOKENS,
    /** Milliseconds since the epoch. */
    TIME
}
