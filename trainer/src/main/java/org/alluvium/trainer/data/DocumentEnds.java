package org.alluvium.trainer.data;

/**
 * What stands around a document's tokens.
 *
 * @param bos whether documents begin with the vocabulary's BOS id
 * @param eos whether documents end with the vocabulary's EOS id
 */
public record DocumentEnds(boolean bos, boolean eos) {}
