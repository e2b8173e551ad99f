package org.alluvium.flink.sample;

import java.nio.file.Path;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Ends a stream of decided documents in a sample of their texts. */
public final class Sampling {

    private Sampling() {}

    /**
     * Appends the operators that draw the sample.
     *
     * @param decided what is kept is a candidate there, and once
     * @param file where the sample is written when the input has ended
     * @param documents how many texts; all, if there are fewer
     */
    public static void append(DataStream<Outcome> decided, Path file, int documents, long seed) {
        decided.filter(new SampleCandidates(documents, seed))
                .name("Draw")
                .uid("sample-candidates")
                .keyBy(outcome -> SampleKeeper.KEY, Types.INT)
                .transform("Keep the sample", Types.VOID, new SampleKeeper(file, documents, seed))
                .uid("sample-keeper")
                .setParallelism(1);
    }
}
