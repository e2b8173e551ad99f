/**
 * Models in the layout of Hugging Face: what their configurations say and what their files hold, read so that training goes
 * on from them and written so that other programs load them. What is not of a layout we know is refused by its name.
 */
package org.alluvium.trainer.pretrained;
