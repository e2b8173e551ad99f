package org.alluvium.contracts.event;

import java.util.Map;

/** Where measured facts go. Implementations are thread-safe and never make the caller wait for storage. */
public interface EventSink extends AutoCloseable {

    /**
     * Appends one fact.
     *
     * @param type what kind of fact, e.g. {@code step}, {@code eval}, {@code checkpoint}, {@code waiting}
     * @param fields its values: strings, booleans, numbers, or lists and maps of them
     */
    void emit(String type, Map<String, ?> fields);

    /** Writes what is still in memory and closes. */
    @Override
    void close();
}
