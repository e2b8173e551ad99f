package org.alluvium.flink.dedup;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.ask.AnswerSerializer;
import org.alluvium.flink.ask.AwaitOperator;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.ask.HeldSerializer;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The operators of {@link NearDedup}, several of each, with a network between them that delivers whatever channel it
 * likes next: every channel keeps its order, and that is all.
 */
@SuppressWarnings("try") // the harness declares that closing may throw anything
final class SimulatedNearDedup implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final Random network;
    private final List<KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Held>> claim = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer>> hold = new ArrayList<>();
    private final List<TwoInputStreamOperatorTestHarness<Held, Answer, Outcome>> await = new ArrayList<>();

    private final List<Queue<Outcome>> toClaim = channels();
    private final List<Queue<Claim>> toOrder = channels();
    private final List<Queue<Claim.Band>> toHold = channels();
    private final List<Queue<Held>> documentsToAwait = channels();
    private final List<List<Queue<Answer>>> answersToAwait = new ArrayList<>(); // by asker, then by who answers

    /** The claims in the order in which they passed the one place. */
    final List<Claim> ordered = new ArrayList<>();

    SimulatedNearDedup(Bands bands, int parallelism, Random network) throws Exception {
        this.network = network;
        for (int i = 0; i < parallelism; i++) {
            claim.add(keyed(
                    new ClaimBands(bands, Compare.WHOLE, Duration.ZERO),
                    Outcome::key,
                    ContentHashSerializer.TYPE,
                    parallelism,
                    i));
            claim.get(i).setup(HeldSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
            claim.get(i).open();
            hold.add(keyed(new HoldBand(Duration.ZERO), Claim.Band::key, Types.LONG, parallelism, i));
            hold.get(i).setup(AnswerSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
            hold.get(i).open();
            await.add(new TwoInputStreamOperatorTestHarness<>(
                    new AwaitOperator(NearDedup::settle), MAX_PARALLELISM, parallelism, i));
            await.get(i).setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
            await.get(i).open();
            toClaim.add(new ArrayDeque<>());
            toOrder.add(new ArrayDeque<>());
            toHold.add(new ArrayDeque<>());
            documentsToAwait.add(new ArrayDeque<>());
            answersToAwait.add(channels());
            for (int j = 0; j < parallelism; j++) {
                answersToAwait.get(i).add(new ArrayDeque<>());
            }
        }
    }

    private static <T> List<T> channels() {
        return new ArrayList<>();
    }

    private static <K, I, O> KeyedOneInputStreamOperatorTestHarness<K, I, O> keyed(
            KeyedProcessFunction<K, I, O> function,
            KeySelector<I, K> key,
            TypeInformation<K> type,
            int parallelism,
            int subtask)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function), key, type, MAX_PARALLELISM, parallelism, subtask);
    }

    /** Puts an outcome at the end of the channel to the subtask that it belongs to. */
    void send(Outcome outcome) {
        toClaim.get(subtaskOf(outcome.key())).add(outcome);
    }

    private int subtaskOf(Object key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, claim.size());
    }

    /** Delivers everything that is under way. */
    void deliverAll() throws Exception {
        for (List<ThrowingRunnable<Exception>> next = deliverable(); !next.isEmpty(); next = deliverable()) {
            next.get(network.nextInt(next.size())).run();
        }
    }

    private List<ThrowingRunnable<Exception>> deliverable() {
        List<ThrowingRunnable<Exception>> next = new ArrayList<>();
        for (int i = 0; i < claim.size(); i++) {
            int subtask = i;
            offer(next, toClaim.get(i), outcome -> claim(subtask, outcome));
            offer(next, toOrder.get(i), this::order);
            offer(next, toHold.get(i), band -> hold(subtask, band));
            offer(next, documentsToAwait.get(i), held -> await.get(subtask).processElement1(new StreamRecord<>(held)));
            for (Queue<Answer> channel : answersToAwait.get(i)) {
                offer(next, channel, answer -> await.get(subtask).processElement2(new StreamRecord<>(answer)));
            }
        }
        return next;
    }

    /** Takes one thing out of a channel. */
    private interface Delivery<T> {
        void deliver(T element) throws Exception;
    }

    private static <T> void offer(List<ThrowingRunnable<Exception>> next, Queue<T> channel, Delivery<T> delivery) {
        if (!channel.isEmpty()) {
            next.add(() -> delivery.deliver(channel.remove()));
        }
    }

    private void claim(int subtask, Outcome outcome) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Held> operator = claim.get(subtask);
        operator.processElement(outcome, 0);
        operator.extractOutputValues().forEach(documentsToAwait.get(subtask)::add);
        operator.getOutput().clear();
        Queue<StreamRecord<Claim>> claims = operator.getSideOutput(ClaimBands.CLAIMS);
        while (claims != null && !claims.isEmpty()) {
            toOrder.get(subtask).add(claims.remove().getValue());
        }
    }

    private void order(Claim claim) throws Exception {
        ordered.add(claim);
        NearDedup.inOrder().flatMap(claim, new Collector<>() {
            @Override
            public void collect(Claim.Band band) {
                toHold.get(subtaskOf(band.key())).add(band);
            }

            @Override
            public void close() {}
        });
    }

    private void hold(int subtask, Claim.Band band) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> operator = hold.get(subtask);
        operator.processElement(band, 0);
        for (Answer answer : operator.extractOutputValues()) {
            answersToAwait.get(answer.asker()).get(subtask).add(answer);
        }
        operator.getOutput().clear();
    }

    /** What has come out, subtask by subtask. Fails if anything still waits. */
    List<Outcome> outcomes() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (TwoInputStreamOperatorTestHarness<Held, Answer, Outcome> subtask : await) {
            subtask.prepareSnapshotPreBarrier(1);
            outcomes.addAll(subtask.extractOutputValues());
        }
        return outcomes;
    }

    @Override
    public void close() throws Exception {
        for (int i = 0; i < claim.size(); i++) {
            claim.get(i).close();
            hold.get(i).close();
            await.get(i).close();
        }
    }
}
