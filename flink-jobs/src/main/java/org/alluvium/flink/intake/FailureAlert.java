package org.alluvium.flink.intake;

import org.alluvium.contracts.config.FlowConfig.OnFailures;

/**
 * Too many of a source's newest records were refused.
 *
 * @param share of them that was, in (0, 1]
 * @param action what is done about it
 */
record FailureAlert(String source, double share, OnFailures action) {}
