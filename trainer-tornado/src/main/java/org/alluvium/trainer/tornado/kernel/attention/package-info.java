/**
 * Attention and its gradients, as each kind of device does them best. None has a matrix of all scores.
 */
package org.alluvium.trainer.tornado.kernel.attention;
