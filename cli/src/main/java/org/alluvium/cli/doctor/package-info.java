/**
 * Looks at the machine before a run does: each probe measures one thing and says, where it is not enough, what to do.
 * Measuring and judging are apart, so that the judgements are tested with made-up machines.
 */
package org.alluvium.cli.doctor;
