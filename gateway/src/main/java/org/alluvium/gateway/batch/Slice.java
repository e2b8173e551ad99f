package org.alluvium.gateway.batch;

/**
 * One record as it was cut from a body.
 *
 * @param at byte of the body at which it begins
 * @param json its bytes, not checked yet
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Slice(long at, byte[] json) {}
