/** Trains unigram vocabularies (Kudo 2018) in Java: seeds from repeated strings, expectation maximization, and pruning. */
package org.alluvium.tokenizer.train.unigram;
