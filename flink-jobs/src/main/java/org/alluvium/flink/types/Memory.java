package org.alluvium.flink.types;

import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Keyed state that is forgotten a fixed time after it was last written, by the machine's clock, which is the only one Flink
 * offers: a replay that straddles the moment of forgetting may decide otherwise than the first time, which no committed
 * output depends on.
 */
public final class Memory {

    /** Entries a RocksDB compaction looks at before it asks for the time again. */
    private static final long COMPACTION_CLOCK_INTERVAL = 1_000;

    private Memory() {}

    /**
     * One value by key.
     *
     * @param name part of every savepoint, never to be changed
     * @param timeToLive how long the value is remembered; zero is for ever
     */
    public static <T> ValueStateDescriptor<T> of(String name, TypeInformation<T> type, Duration timeToLive) {
        ValueStateDescriptor<T> descriptor = new ValueStateDescriptor<>(name, type);
        if (!timeToLive.isZero()) {
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(timeToLive)
                    .updateTtlOnCreateAndWrite()
                    .neverReturnExpired()
                    .cleanupInRocksdbCompactFilter(COMPACTION_CLOCK_INTERVAL)
                    .build());
        }
        return descriptor;
    }
}
