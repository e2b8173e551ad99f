/**
 * Text to token ids and back: the vocabulary, read from a SentencePiece model file by Alluvium itself, and the encoder,
 * which is SentencePiece's own. A vocabulary is known by the SHA-256 of its model file, and that digest travels with every
 * shard and checkpoint.
 */
package org.alluvium.tokenizer;
