package org.alluvium.flink.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.intake.FlowFixtures.Stopwatch;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class SourceWatermarksTest {

    private static final Duration OUT_OF_ORDER = Duration.ofMillis(10);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Stopwatch watch = new Stopwatch();
    private final SaidWatermarks output = new SaidWatermarks();
    private final WatermarkGenerator<Arrival> generator =
            SourceWatermarks.of(List.of(source("a"), source("b"))).createWatermarkGenerator(new Context());

    @Test
    void theStreamIsAsFarAsTheSourceThatIsFarthestBehind() {
        arrive("a", 1000);
        assertThat(emitted()).as("nothing is known of b").isEmpty();
        arrive("b", 500);
        assertThat(emitted()).containsExactly("489");
        arrive("b", 2000);
        assertThat(emitted()).containsExactly("989");
    }

    @Test
    void aWatermarkNeverFallsAndLateRecordsDoNotMoveIt() {
        arrive("a", 1000);
        arrive("b", 1000);
        emitted();
        arrive("a", 10);

        assertThat(emitted()).isEmpty();
    }

    @Test
    void anIdleSourceHoldsNothingBackAndIfAllAreTheStreamIs() {
        arrive("a", 1000);
        watch.advance(IDLE.dividedBy(2));
        assertThat(emitted()).isEmpty();
        watch.advance(IDLE.dividedBy(2));
        assertThat(emitted()).containsExactly("989");
        watch.advance(IDLE);
        assertThat(emitted()).containsExactly("idle");
        arrive("b", 3000);
        assertThat(emitted()).containsExactly("2989");
    }

    @Test
    void whatIsNoSourceOfTheStreamHasNoSay() {
        arrive("replay", 5);
        arrive("a", 1000);
        arrive("b", 1000);

        assertThat(emitted()).containsExactly("989");
    }

    private static SourceConfig source(String name) {
        FlowConfig usual = FlowConfig.DEFAULT;
        return FlowFixtures.source(name)
                .withFlow(new FlowConfig(
                        0,
                        usual.maxFailureShare(),
                        usual.failureWindow(),
                        usual.onFailures(),
                        usual.pauseFor(),
                        OUT_OF_ORDER,
                        IDLE));
    }

    private void arrive(String source, long eventMillis) {
        Outcome any = new Outcome.Duplicate(new ContentHash(0, 0), Outcome.Duplicate.Kind.EXACT);
        generator.onEvent(new Arrival(source, "", "f@0", eventMillis, 0, 1, any), eventMillis, output);
    }

    /** What is said when it is time to say something. */
    private List<String> emitted() {
        output.forget();
        generator.onPeriodicEmit(output);
        return output.said();
    }

    private final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return new RelativeClock() {
                @Override
                public long relativeTimeMillis() {
                    return watch.nanos() / 1_000_000;
                }

                @Override
                public long relativeTimeNanos() {
                    return watch.nanos();
                }
            };
        }
    }
}
