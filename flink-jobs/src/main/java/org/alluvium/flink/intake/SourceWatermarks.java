package org.alluvium.flink.intake;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.types.Arrival;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of a stream in which several sources are mixed: each source has its own, which lags behind its latest event
 * time by what it is configured to be out of order, and the stream's is the earliest of them. A source from which nothing
 * has come for its configured time is idle and holds nothing back; if all are, the stream is.
 */
public final class SourceWatermarks implements WatermarkStrategy<Arrival> {

    private static final long serialVersionUID = 1L;

    /** What is configured of one source. */
    private record Rule(String source, Duration outOfOrderness, Duration idleness) implements Serializable {}

    private final List<Rule> rules;

    private SourceWatermarks(List<Rule> rules) {
        this.rules = rules;
    }

    /** For a stream of these sources. */
    public static SourceWatermarks of(List<SourceConfig> sources) {
        return new SourceWatermarks(sources.stream()
                .map(source -> new Rule(
                        source.name(),
                        source.flow().outOfOrderness(),
                        source.flow().idleness()))
                .toList());
    }

    @Override
    public TimestampAssigner<Arrival> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return (arrival, recorded) -> arrival.timeMillis();
    }

    @Override
    public WatermarkGenerator<Arrival> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator(rules, context.getInputActivityClock());
    }

    /** How far one source is. */
    private static final class Progress {

        private final Rule rule;
        private long latestMillis = Long.MIN_VALUE;
        private boolean moved;
        private long movedNanos;

        Progress(Rule rule, long nowNanos) {
            this.rule = rule;
            this.movedNanos = nowNanos;
        }

        void add(long eventMillis) {
            latestMillis = Math.max(latestMillis, eventMillis);
            moved = true;
        }

        /** To be asked now and then, so that not every record has to ask for the time. */
        boolean isIdle(long nowNanos) {
            if (moved) {
                moved = false;
                movedNanos = nowNanos;
            }
            return nowNanos - movedNanos >= rule.idleness().toNanos();
        }

        long watermark() {
            return latestMillis == Long.MIN_VALUE
                    ? Long.MIN_VALUE
                    : latestMillis - rule.outOfOrderness().toMillis() - 1;
        }
    }

    private static final class Generator implements WatermarkGenerator<Arrival> {

        private final Map<String, Progress> sources = new HashMap<>();
        private final RelativeClock clock;
        private long emitted = Long.MIN_VALUE;

        Generator(List<Rule> rules, RelativeClock clock) {
            this.clock = clock;
            rules.forEach(rule -> sources.put(rule.source(), new Progress(rule, clock.relativeTimeNanos())));
        }

        @Override
        public void onEvent(Arrival arrival, long eventMillis, WatermarkOutput output) {
            Progress source = sources.get(arrival.source());
            // What is fed back is old by nature and says nothing of where its source is.
            if (source != null) {
                source.add(eventMillis);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            long now = clock.relativeTimeNanos();
            long earliest = Long.MAX_VALUE;
            for (Progress source : sources.values()) {
                if (!source.isIdle(now)) {
                    earliest = Math.min(earliest, source.watermark());
                }
            }
            if (earliest == Long.MAX_VALUE) {
                output.markIdle();
            } else if (earliest > emitted) {
                emitted = earliest;
                output.emitWatermark(new Watermark(earliest));
            }
        }
    }
}
