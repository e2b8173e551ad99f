/**
 * What decides how far a step goes: the optimizers' arithmetic and their schedules, pure functions of the step's number.
 * The tensors are the model's.
 */
package org.alluvium.trainer.optim;
