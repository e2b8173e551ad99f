package org.alluvium.flink.sink;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.alluvium.flink.types.Tally;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * The values of the newest tally as a Flink histogram, whose count is of all values there have been. One thread replaces the
 * tally, any may read.
 */
final class TallyHistogram implements Histogram {

    private record State(Tally newest, long count) {}

    private volatile State state = new State(Tally.EMPTY, 0);

    /** Goes on to the next tally, which is not empty. */
    void replace(Tally next) {
        state = new State(next, state.count + size(next));
    }

    private static long size(Tally tally) {
        return tally.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Not supported: values come as tallies.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void update(long value) {
        throw new UnsupportedOperationException("values come as tallies");
    }

    @Override
    public long getCount() {
        return state.count;
    }

    @Override
    public HistogramStatistics getStatistics() {
        return new Statistics(state.newest);
    }

    /** Those of one tally; a quantile is one of its values, as {@link Tally#quantile} has it. */
    private static final class Statistics extends HistogramStatistics {

        private final Tally tally;

        Statistics(Tally tally) {
            this.tally = tally;
        }

        @Override
        public double getQuantile(double share) {
            return share == 0 ? getMin() : tally.quantile(share);
        }

        @Override
        public long[] getValues() {
            return tally.counts().entrySet().stream()
                    .flatMapToLong(entry -> LongStream.generate(entry::getKey).limit(entry.getValue()))
                    .toArray();
        }

        @Override
        public int size() {
            return Math.toIntExact(TallyHistogram.size(tally));
        }

        @Override
        public double getMean() {
            return mean(value -> value);
        }

        /** Of the values themselves, which are all there are: not an estimate from a sample. */
        @Override
        public double getStdDev() {
            double mean = getMean();
            return Math.sqrt(mean(value -> (value - mean) * (value - mean)));
        }

        private double mean(DoubleUnaryOperator of) {
            double sum = 0;
            for (Map.Entry<Long, Long> entry : tally.counts().entrySet()) {
                sum += of.applyAsDouble(entry.getKey()) * entry.getValue();
            }
            return sum / size();
        }

        @Override
        public long getMax() {
            return tally.counts().lastKey();
        }

        @Override
        public long getMin() {
            return tally.counts().firstKey();
        }
    }
}
