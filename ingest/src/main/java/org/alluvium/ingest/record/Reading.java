package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a record says in its format. */
public sealed interface Reading {

    /** A document; what it leaves open is decided by {@link RecordParser}. */
    record DocumentFields(
            Optional<String> id,
            Optional<String> url,
            String text,
            OptionalLong eventTimeMillis,
            Optional<String> language,
            Map<String, String> attributes)
            implements Reading {}

    /** The document with that id is no more. */
    record Deletion(String id) implements Reading {}

    /** Nothing, and rightly so. */
    record Skip(SkipReason reason) implements Reading {}
}
