/**
 * SentencePiece's own encoder, in native code: what our encoder is held to, and what encodes where the two differ. Whatever could
 * end the process is out of reach.
 */
package org.alluvium.tokenizer.reference;
