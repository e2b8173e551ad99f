/**
 * The encoder: UTF-8 bytes in, ids out, without native code and identical to SentencePiece. A vocabulary becomes immutable
 * tables that all threads share; what one thread needs beside them is its session's.
 */
package org.alluvium.tokenizer.engine;
