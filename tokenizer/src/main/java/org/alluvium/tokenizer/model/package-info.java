/**
 * The SentencePiece model file as data, with its reader and its writer. It knows nothing of encoding: what the fields do to
 * text is said where they are used.
 */
package org.alluvium.tokenizer.model;
