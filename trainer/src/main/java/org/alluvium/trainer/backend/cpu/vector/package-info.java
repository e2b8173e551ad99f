/**
 * Products in the Vector API, for machines without the native library: operands are packed into panels, and sums of twelve
 * rows are kept in registers.
 */
package org.alluvium.trainer.backend.cpu.vector;
