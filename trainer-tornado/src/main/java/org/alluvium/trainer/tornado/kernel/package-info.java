/**
 * Kernels: static methods over one memory. Most are a loop that a device spreads over its threads and that plain Java can run, so
 * that its arithmetic is tested where there is no device; the others name such a loop that computes the same.
 */
package org.alluvium.trainer.tornado.kernel;
