package org.alluvium.ingest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;

/** Dead letters to test with. */
final class Letters {

    static final Instant REFUSED_AT = Instant.parse("2026-11-22T06:00:00Z");

    /** When the record of every letter was written. */
    static final long TIME = Instant.parse("2026-11-21T12:34:56.789Z").toEpochMilli();

    private Letters() {}

    static DeadLetter of(byte[] bytes) {
        return new DeadLetter(
                "news",
                "a/b.jsonl@170",
                TIME,
                Optional.of("k"),
                2,
                DeadLetterReason.NOT_JSON,
                "unexpected 'x'",
                bytes,
                bytes.length);
    }

    static DeadLetter of(String record) {
        return of(record.getBytes(UTF_8));
    }

    /** What stands for a file that could not be read. */
    static DeadLetter ofFile() {
        return new DeadLetter(
                "news",
                "a/c.jsonl@0",
                TIME,
                Optional.empty(),
                1,
                DeadLetterReason.FILE_UNREADABLE,
                "permission denied",
                new byte[0],
                DeadLetter.UNKNOWN_LENGTH);
    }

    static StoredLetter stored(long entry, long number, DeadLetter letter) {
        return new StoredLetter(new LetterId(entry, number), REFUSED_AT, letter);
    }
}
