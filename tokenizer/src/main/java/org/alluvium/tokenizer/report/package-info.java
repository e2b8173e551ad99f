/**
 * How well a vocabulary fits texts: what a token holds, what had no piece, which pieces are of no use; two vocabularies beside
 * each other; and how this changes along a corpus.
 */
package org.alluvium.tokenizer.report;
