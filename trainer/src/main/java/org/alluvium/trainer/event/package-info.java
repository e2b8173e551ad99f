/** What a training run tells the world: the types of its events and their fields. */
package org.alluvium.trainer.event;
