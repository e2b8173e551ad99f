package org.alluvium.tokenizer.shard;

import org.alluvium.contracts.shard.ShardRow;

/**
 * What a row says of its document, without the tokens.
 *
 * @param row whose array of tokens is empty, whatever the document has
 * @param tokens of the document
 */
public record RowHead(ShardRow row, int tokens) {}
