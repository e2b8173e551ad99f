/** What a model is worth: bits per byte of held-out documents, and text samples to look at. */
package org.alluvium.trainer.eval;
