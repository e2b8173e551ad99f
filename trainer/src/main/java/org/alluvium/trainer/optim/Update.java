package org.alluvium.trainer.optim;

/**
 * What one update of a model needs to know. A pure function of the step's number, so that nothing of it is kept.
 *
 * @param number 1 for the first update; decides the bias correction
 * @param gradientClip largest global norm of the gradients, or 0 for none
 * @param adamW for every parameter
 */
public record Update(long number, double gradientClip, AdamW adamW) {}
