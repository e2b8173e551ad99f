package org.alluvium.tokenizer.bytelevel;

/** What text is split by: one of the patterns that there are scanners for, or any other expression. */
public sealed interface Split permits SplitPattern, SplitExpression {}
