package org.alluvium.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.log.SourcePosition;
import org.junit.jupiter.api.Test;

class KafkaLagTest {

    private static final long NOW = 100_000;

    private static PartitionLag lag(long begin, long end, SourcePosition committed) {
        return KafkaLag.lag("t-0", begin, end, Optional.ofNullable(committed), NOW);
    }

    @Test
    void whatFollowsTheLastCommittedMessageIsBehind() {
        assertThat(lag(0, 100, new SourcePosition("t-0@59", 60, 6_000, 70_000)))
                .isEqualTo(new PartitionLag("t-0", 40, OptionalLong.of(4_000), Optional.of(Duration.ofSeconds(30))));
    }

    @Test
    void aPartitionThatIsReadToItsEndIsNotBehindHoweverOldItsLastMessageIs() {
        assertThat(lag(0, 60, new SourcePosition("t-0@59", 60, 6_000, 70_000)))
                .isEqualTo(new PartitionLag("t-0", 0, OptionalLong.of(0), Optional.of(Duration.ZERO)));
    }

    @Test
    void messagesThatTheBrokerHasDeletedAreNotWaitedFor() {
        assertThat(lag(80, 100, new SourcePosition("t-0@59", 60, 6_000, 70_000)).documents())
                .isEqualTo(20);
    }

    @Test
    void aPartitionOfWhichNothingIsCommittedIsBehindByAllOfIt() {
        assertThat(lag(10, 100, null)).isEqualTo(new PartitionLag("t-0", 90, OptionalLong.empty(), Optional.empty()));
        assertThat(lag(10, 10, null))
                .isEqualTo(new PartitionLag("t-0", 0, OptionalLong.of(0), Optional.of(Duration.ZERO)));
    }
}
