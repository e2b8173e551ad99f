/**
 * One step: forward, backward and update as a function of its batch and the model's state, and what is measured of it. Measuring
 * decides nothing.
 */
package org.alluvium.trainer.step;
