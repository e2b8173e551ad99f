/**
 * What multiplies matrices, as the rest of the backend sees it: linear layers, tiles of attention, and products of any shape.
 * How is up to whoever implements it; how fast is measured here.
 */
package org.alluvium.trainer.backend.cpu.product;
