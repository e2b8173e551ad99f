package org.alluvium.tokenizer.model;

/**
 * One entry of a vocabulary; its id is its place.
 *
 * @param text as the model file has it, with U+2581 for a space; never empty
 * @param score log probability for a unigram model, minus the merge rank for BPE
 * @param type what it stands for
 */
public record Piece(String text, float score, PieceType type) {}
