package org.alluvium.trainer.tornado.device;

/**
 * A kernel that is to run, and on what.
 *
 * @param step as it is compiled
 * @param arguments where its tensors begin, and scalars
 */
public record Call(Step step, int[] arguments) {}
