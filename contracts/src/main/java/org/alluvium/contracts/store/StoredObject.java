package org.alluvium.contracts.store;

import java.time.Instant;

/**
 * What a listing says of an object.
 *
 * @param key of the object
 * @param bytes its size
 * @param changed when it was last written, by the store's clock
 */
public record StoredObject(String key, long bytes, Instant changed) {}
