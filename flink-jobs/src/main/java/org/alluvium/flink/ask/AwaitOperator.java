package org.alluvium.flink.ask;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets outcomes go on when the answers to their questions are there, each subtask in the order in which they came to it:
 * what has no questions waits behind what has.
 *
 * <p>Nothing is kept in state. A question leaves its asker before the barrier of a checkpoint or behind it, together with the
 * outcome that it is about; barriers are aligned on the whole way of the answer; so when this operator has the barrier
 * from all of its inputs it has every answer that belongs before it. If not, it fails: the job does not enable unaligned
 * checkpoints, with which this would be wrong.
 *
 * <p>What waits is held in memory, and there is no bound on it here. The bound is how many questions fit into the buffers
 * between asker and answer, because an asker sends its questions ahead of the outcome and is held up by full buffers.
 */
public final class AwaitOperator extends AbstractStreamOperator<Outcome>
        implements TwoInputStreamOperator<Held, Answer, Outcome> {

    private static final long serialVersionUID = 1L;

    private final Settlement settlement;

    private transient Queue<Waiting> inOrder;
    private transient Map<Long, Waiting> byTicket;

    public AwaitOperator(Settlement settlement) {
        this.settlement = settlement;
    }

    /** Brings answers back to the subtasks that have asked, which are as many as the subtasks of the result. */
    public static SingleOutputStreamOperator<Outcome> append(
            String name, DataStream<Held> held, DataStream<Answer> answers, Settlement settlement) {
        return held.connect(answers.partitionCustom((asker, subtasks) -> asker, Answer::asker))
                .transform(name, OutcomeSerializer.TYPE, new AwaitOperator(settlement));
    }

    /** An outcome with the answers so far; or answers that have come before their outcome. */
    private static final class Waiting {
        private Optional<Held> held = Optional.empty();
        private int answers;
        private final SortedSet<Integer> marks = new TreeSet<>();

        boolean isSettled() {
            return held.isPresent() && held.get().questions() == answers;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        inOrder = new ArrayDeque<>();
        byTicket = new HashMap<>();
    }

    @Override
    public void processElement1(StreamRecord<Held> element) {
        Held held = element.getValue();
        Waiting waiting = held.questions() == 0
                ? new Waiting()
                : byTicket.computeIfAbsent(held.ticket(), ticket -> new Waiting());
        waiting.held = Optional.of(held);
        inOrder.add(waiting);
        letGo();
    }

    @Override
    public void processElement2(StreamRecord<Answer> element) {
        Answer answer = element.getValue();
        Waiting waiting = byTicket.computeIfAbsent(answer.ticket(), ticket -> new Waiting());
        waiting.answers++;
        waiting.marks.addAll(answer.marks());
        letGo();
    }

    private void letGo() {
        while (!inOrder.isEmpty() && inOrder.element().isSettled()) {
            Waiting settled = inOrder.remove();
            Held held = settled.held.orElseThrow();
            byTicket.remove(held.ticket());
            output.collect(new StreamRecord<>(settlement.settle(held.outcome(), settled.marks)));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        checkNothingWaits();
    }

    @Override
    public void finish() throws Exception {
        checkNothingWaits();
        super.finish();
    }

    private void checkNothingWaits() {
        if (!inOrder.isEmpty() || !byTicket.isEmpty()) {
            throw new IllegalStateException(inOrder.size() + " outcomes and " + byTicket.size()
                    + " answers wait for each other at a barrier, which they must not pass");
        }
    }
}
