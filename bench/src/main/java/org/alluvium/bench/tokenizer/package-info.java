/** How fast texts are encoded and vocabularies trained, beside SentencePiece's own programs, in the same run. */
package org.alluvium.bench.tokenizer;
