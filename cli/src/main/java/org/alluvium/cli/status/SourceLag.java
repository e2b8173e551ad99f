package org.alluvium.cli.status;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the corpus is behind a source, or one partition of it. What is absent is not known.
 *
 * @param source its name
 * @param place its folder or bucket, or {@code topic-partition}
 * @param documents that are not in the corpus yet; of files an estimate, from their bytes and the documents before
 * @param bytes of these documents; of files their size, compressed as they are, of messages an estimate
 * @param age how long the next of them has been waiting; zero where none is
 */
public record SourceLag(
        String source, String place, OptionalLong documents, OptionalLong bytes, Optional<Duration> age) {

    static SourceLag unknown(String source, String place) {
        return new SourceLag(source, place, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }
}
