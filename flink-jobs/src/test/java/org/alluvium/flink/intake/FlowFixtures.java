package org.alluvium.flink.intake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.FlowConfig.OnFailures;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;

/** Sources, records and a clock for tests of the gate. */
final class FlowFixtures {

    static final Duration PAUSE = Duration.ofMinutes(10);

    private FlowFixtures() {}

    /** A clock that stands until it is moved. */
    static final class Stopwatch {
        private long nanos;

        long nanos() {
            return nanos;
        }

        void advance(Duration time) {
            nanos += time.toNanos();
        }
    }

    /** A parser that cannot work while it is told so. */
    static final class Moody implements Function<SourceRecord, Parsed> {
        private final RecordParser parser;
        private boolean unavailable;

        Moody(SourceConfig source) {
            parser = RecordParser.of(source);
        }

        void unavailable(boolean now) {
            unavailable = now;
        }

        @Override
        public Parsed apply(SourceRecord record) {
            if (unavailable) {
                throw new UnavailableException("the registry does not answer", "registry", "Start it");
            }
            return parser.parse(record);
        }
    }

    static SourceConfig source(String name) {
        return SourceConfig.ofFolder(name, Location.of(Path.of("in")), SourceConfig.Format.JSONL, true);
    }

    static FlowConfig rate(double perSecond) {
        FlowConfig usual = FlowConfig.DEFAULT;
        return new FlowConfig(
                perSecond,
                usual.maxFailureShare(),
                usual.failureWindow(),
                usual.onFailures(),
                usual.pauseFor(),
                usual.outOfOrderness(),
                usual.idleness());
    }

    static FlowConfig failures(int window, OnFailures action) {
        FlowConfig usual = FlowConfig.DEFAULT;
        return new FlowConfig(0, 0.5, window, action, PAUSE, usual.outOfOrderness(), usual.idleness());
    }

    static SourceRecord good(String source, int number) {
        return record(source, number, "{\"id\":\"d" + number + "\",\"text\":\"text " + number + "\"}");
    }

    static SourceRecord bad(String source, int number) {
        return record(source, number, "no JSON");
    }

    static SourceRecord record(String source, int number, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord.Content(source, "t-0@" + number, number, Optional.empty(), 1, bytes);
    }
}
