/** Held-out documents by when they were published, and what models lose on them. */
package org.alluvium.trainer.days;
