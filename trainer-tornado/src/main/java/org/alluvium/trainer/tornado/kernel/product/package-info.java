/**
 * Matrix products, as each kind of device does them best. All take the same arguments, but those that pack an operand first.
 */
package org.alluvium.trainer.tornado.kernel.product;
