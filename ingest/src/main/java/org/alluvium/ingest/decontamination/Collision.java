package org.alluvium.ingest.decontamination;

/**
 * An n-gram of a text that an evaluation set has as well.
 *
 * @param item that has it
 * @param start where it begins in the text, in UTF-16 units
 * @param end the first unit behind it
 */
record Collision(EvaluationSets.Item item, int start, int end) {}
