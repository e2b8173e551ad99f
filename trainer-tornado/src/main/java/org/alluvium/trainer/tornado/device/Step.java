package org.alluvium.trainer.tornado.device;

import org.alluvium.trainer.tornado.kernel.Kernel;

/**
 * A call as it is compiled: without its arguments.
 *
 * @param kernel what computes
 * @param arguments how many integers it reads
 * @param items iterations of its parallel loop
 * @param width as the kernel says
 * @param depth as the kernel says
 */
public record Step(Kernel kernel, int arguments, int items, int width, int depth) {}
