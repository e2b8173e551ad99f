/**
 * Trains vocabularies as SentencePiece's {@code spm_train} does: from text to words with counts, from these to pieces, from
 * pieces to a model file. What SentencePiece does is followed to the letter where the result shows it.
 */
package org.alluvium.tokenizer.train;
