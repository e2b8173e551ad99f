/**
 * What options of the trainer are worth: variants of one run at a fixed number of tokens, with several seeds each, beside a
 * baseline. The variants lie in {@code bench/learning}, the findings in docs/experiments.md.
 */
package org.alluvium.bench.ablation;
