package org.alluvium.contracts.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One element of {@code filters.custom}. */
public record CustomFilterConfig(
        @Key(
                doc =
                        "Full name of a class on the class path that implements org.alluvium.ingest.filter.Filter. It has a"
                                + " public constructor that takes the options as a Map<String, String>, or nothing.",
                example = "org.example.NoShouting")
        String type,

        @Key(doc = "What its constructor is given.", byDefault = "{}")
        Map<String, String> options) {

    public CustomFilterConfig {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
