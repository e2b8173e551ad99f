package org.alluvium.gateway.batch;

/**
 * Why one record of a body was refused.
 *
 * @param record its number in the body, counted from 1
 * @param at byte of the body, after decompression, at which it begins; of a compressed block, where the block does
 * @param reason what kind of refusal it is, in the words of dead letters
 * @param detail what exactly was wrong, in a sentence for people
 */
public record BadRecord(int record, long at, String reason, String detail) {}
