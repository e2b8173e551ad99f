/**
 * Kernels: static methods over one memory, whose outer loop is what a device spreads over its threads. Each is plain Java too,
 * so that its arithmetic is tested where there is no device.
 */
package org.alluvium.trainer.tornado.kernel;
