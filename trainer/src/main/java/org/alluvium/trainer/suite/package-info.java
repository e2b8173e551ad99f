/**
 * Suites of questions from local files, answered by log-likelihood: the answer that a model finds likeliest is its answer. A
 * class for each format reads its files and says what they come to.
 */
package org.alluvium.trainer.suite;
