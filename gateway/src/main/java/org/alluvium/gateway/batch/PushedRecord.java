package org.alluvium.gateway.batch;

import java.util.Optional;

/**
 * One record that its source will accept.
 *
 * @param line a JSON object in UTF-8, without line breaks; owned by the record
 * @param id what the producer calls the document, if it said
 */
@SuppressWarnings(
        "ArrayRecordComponent") // records are passed on once, never compared, and a copy of each would be waste
public record PushedRecord(byte[] line, Optional<String> id) {}
