/**
 * What decides how far a step goes: the learning-rate schedule. The update itself is the model's.
 */
package org.alluvium.trainer.optim;
