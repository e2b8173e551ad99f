package org.alluvium.trainer.tornado.device;

import org.alluvium.trainer.tornado.kernel.Kernel;

/**
 * A call of a kernel as it is compiled: without its arguments.
 *
 * @param kernel what computes
 * @param extent how much
 * @param arguments how many integers it reads
 * @param reals how many reals it reads or writes
 */
public record Step(Kernel kernel, Extent extent, int arguments, int reals) {}
