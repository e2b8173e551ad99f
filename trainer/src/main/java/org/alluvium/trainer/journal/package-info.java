/**
 * The journal of a run: what each step learned from and came to, as lines that a step which is taken again must repeat. It also
 * is where the decision to go back is recorded.
 */
package org.alluvium.trainer.journal;
