package org.alluvium.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.intake.SaidWatermarks;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured of event times, as the source in the job's graph has it. */
class KafkaWatermarksTest {

    @TempDir
    Path folder;

    /** Does not begin at 0, which Flink takes for no time at all. */
    private final ManualClock clock = new ManualClock(1);

    private final SaidWatermarks output = new SaidWatermarks();

    private WatermarkStrategy<Arrival> inTheGraph(String kafka) throws IOException {
        Path file = folder.resolve("alluvium.yaml");
        Files.writeString(file, """
                corpus: {dir: corpus}
                sources:
                  - name: topic
                    kafka: {brokers: "localhost:9092", topics: [t], %s}
                    flow: {outOfOrderness: 5s, idleness: 20s}
                """.formatted(kafka));
        SourceConfig source = ConfigLoader.load(file, List.of()).sources().get(0);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        return ((SourceTransformation<Arrival, ?, ?>)
                        KafkaSources.read(environment, source, 100).getTransformation())
                .getWatermarkStrategy();
    }

    @Test
    void partitionsWaitForEachOtherOnlyWhereTheyAreToldTo() throws Exception {
        assertThat(inTheGraph("").getAlignmentParameters().isEnabled()).isFalse();

        WatermarkAlignmentParams aligned = inTheGraph("alignment: 3m").getAlignmentParameters();
        assertThat(aligned.isEnabled()).isTrue();
        assertThat(aligned.getMaxAllowedWatermarkDrift())
                .isEqualTo(Duration.ofMinutes(3).toMillis());
        assertThat(aligned.getWatermarkGroup()).isEqualTo("kafka-topic");
    }

    @Test
    void aPartitionLagsByItsOutOfOrdernessAndIsIdleAfterTheConfiguredTime() throws Exception {
        WatermarkGenerator<Arrival> partition = inTheGraph("alignment: 3m").createWatermarkGenerator(new Context());
        Arrival arrival = new Arrival(
                "topic",
                "t-0",
                "t-0@0",
                60_000,
                0,
                1,
                new Outcome.Duplicate(new ContentHash(0, 0), Outcome.Duplicate.Kind.EXACT));

        partition.onEvent(arrival, arrival.timeMillis(), output);
        partition.onPeriodicEmit(output);
        assertThat(output.said()).containsExactly("54999");

        // Time counts from the first look that finds nothing new.
        partition.onPeriodicEmit(output);
        clock.advanceTime(Duration.ofSeconds(20));
        partition.onPeriodicEmit(output);
        assertThat(output.said()).doesNotContain("idle");
        clock.advanceTime(Duration.ofMillis(1));
        partition.onPeriodicEmit(output);
        assertThat(output.said()).last().isEqualTo("idle");
    }

    private final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    }
}
