package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a line says about its document; what it leaves open is decided by {@link RecordParser}. */
record LineFields(
        Optional<String> id,
        Optional<String> url,
        String text,
        OptionalLong eventTimeMillis,
        Optional<String> language,
        Map<String, String> attributes) {}
