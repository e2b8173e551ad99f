package org.alluvium.contracts.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Carries a part of the configuration from the process that has read it to a task that runs elsewhere, as JSON. Both are
 * of one version; nothing of it is ever stored. Thread-safe.
 */
public final class ConfigJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .build();

    private ConfigJson() {}

    /** The record as JSON. */
    public static String write(Record config) {
        try {
            return JSON.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(config.getClass() + " has a component that JSON cannot carry", e);
        }
    }

    /** The record that {@link #write} was given. */
    public static <R extends Record> R read(String json, Class<R> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this was not written from a " + type.getSimpleName(), e);
        }
    }
}
