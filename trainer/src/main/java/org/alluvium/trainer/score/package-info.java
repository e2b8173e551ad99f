/** What texts cost a model, in bits per byte: of all of them, by source and by language. */
package org.alluvium.trainer.score;
