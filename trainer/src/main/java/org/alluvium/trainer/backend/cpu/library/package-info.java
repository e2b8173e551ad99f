/**
 * Products by oneDNN: right operands are packed, weights once a step and inputs for each product. Which tile is multiplied
 * when does not change what comes out.
 */
package org.alluvium.trainer.backend.cpu.library;
