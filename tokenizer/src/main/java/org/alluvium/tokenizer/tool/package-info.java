/** What one does with vocabularies now and then: training one with SentencePiece's own trainer. */
package org.alluvium.tokenizer.tool;
