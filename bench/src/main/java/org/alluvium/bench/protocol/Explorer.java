package org.alluvium.bench.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.alluvium.bench.protocol.Model.Step;
import org.alluvium.bench.protocol.Model.Violation;

/**
 * Visits every state that a model can reach, breadth first, so that the first state found to be wrong is one that the fewest
 * steps lead to. Then it looks whether each state can still come to its end without another fault: whether it can is told by
 * walking back from the states in which everything is done (reachability of a goal under fairness, as TLC's {@code []<>} for a
 * model in which faults are what is bounded). States are kept whole and compared by {@code equals}, so nothing is left to a hash.
 * For one thread.
 *
 * @param <S> a state
 */
public final class Explorer<S> {

    private static final int SAYS_EVERY = 1 << 16;

    private final Model<S> model;
    private final int mostStates;
    private final IntConsumer progress;

    private final Map<S, Integer> numbers = new HashMap<>();
    private final List<S> states = new ArrayList<>();
    private int[] parents = new int[1024];
    private int[] depths = new int[1024];
    private final List<int[]> calmTargets = new ArrayList<>();
    private long transitions;

    /**
     * @param mostStates after which the search is given up
     * @param progress told the number of states now and then
     */
    public Explorer(Model<S> model, int mostStates, IntConsumer progress) {
        this.model = model;
        this.mostStates = mostStates;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param states that were visited
     * @param transitions between them
     * @param depth steps from the first state to the farthest
     * @param complete whether all states were visited; not so once something was found
     * @param found what is wrong; empty if nothing is
     */
    public record Report(int states, long transitions, int depth, boolean complete, Optional<Counterexample> found) {}

    /**
     * A way to a state that is wrong.
     *
     * @param trace what happened, one line a step
     */
    public record Counterexample(Violation violation, List<String> trace) {

        /** For people. */
        public String words() {
            StringBuilder words = new StringBuilder();
            words.append(violation.invariant())
                    .append(": ")
                    .append(violation.words())
                    .append('\n');
            for (int i = 0; i < trace.size(); i++) {
                words.append(String.format("%4d  %s%n", i + 1, trace.get(i)));
            }
            return words.toString();
        }
    }

    /** Searches until something is wrong or everything has been seen. */
    public Report explore() {
        add(model.initial(), -1, 0);
        for (int next = 0; next < states.size(); next++) {
            S state = states.get(next);
            Optional<Violation> violation = model.violation(state);
            if (violation.isPresent()) {
                return report(false, Optional.of(new Counterexample(violation.get(), trace(next))));
            }
            if (states.size() > mostStates) {
                return report(false, Optional.empty());
            }
            expand(next, state);
        }
        return report(true, stuck());
    }

    private void expand(int number, S state) {
        List<Step<S>> steps = model.steps(state);
        int[] calm = new int[steps.size()];
        int count = 0;
        for (Step<S> step : steps) {
            int target = add(step.to(), number, depths[number] + 1);
            transitions++;
            if (!step.isFault()) {
                calm[count++] = target;
            }
        }
        calmTargets.add(Arrays.copyOf(calm, count));
    }

    private int add(S state, int parent, int depth) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        int number = states.size();
        states.add(state);
        if (number == parents.length) {
            parents = Arrays.copyOf(parents, 2 * number);
            depths = Arrays.copyOf(depths, 2 * number);
        }
        parents[number] = parent;
        depths[number] = depth;
        if (number % SAYS_EVERY == SAYS_EVERY - 1) {
            progress.accept(number + 1);
        }
        return number;
    }

    /** The first state from which there is no way to the end without another fault. */
    private Optional<Counterexample> stuck() {
        BitSet ends = canEnd();
        int first = ends.nextClearBit(0);
        return first == states.size()
                ? Optional.empty()
                : Optional.of(new Counterexample(
                        new Violation(Invariant.PROGRESS, "no way leads from here to the end: " + states.get(first)),
                        trace(first)));
    }

    private BitSet canEnd() {
        int[][] sources = sources();
        BitSet ends = new BitSet(states.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (int state = 0; state < states.size(); state++) {
            if (model.isDone(states.get(state))) {
                ends.set(state);
                open.add(state);
            }
        }
        while (!open.isEmpty()) {
            for (int source : sources[open.remove()]) {
                if (!ends.get(source)) {
                    ends.set(source);
                    open.add(source);
                }
            }
        }
        return ends;
    }

    /** By state, those from which a step without fault leads there. */
    private int[][] sources() {
        int[] counts = new int[states.size()];
        calmTargets.forEach(targets -> Arrays.stream(targets).forEach(target -> counts[target]++));
        int[][] sources = new int[states.size()][];
        for (int state = 0; state < sources.length; state++) {
            sources[state] = new int[counts[state]];
        }
        for (int from = 0; from < calmTargets.size(); from++) {
            for (int target : calmTargets.get(from)) {
                sources[target][--counts[target]] = from;
            }
        }
        return sources;
    }

    /** The steps to a state, said again by the model. */
    private List<String> trace(int number) {
        List<String> trace = new ArrayList<>();
        for (int at = number; parents[at] >= 0; at = parents[at]) {
            S target = states.get(at);
            trace.add(model.steps(states.get(parents[at])).stream()
                    .filter(step -> step.to().equals(target))
                    .findFirst()
                    .orElseThrow()
                    .words());
        }
        Collections.reverse(trace);
        return trace;
    }

    private Report report(boolean complete, Optional<Counterexample> found) {
        return new Report(states.size(), transitions, depths[states.size() - 1], complete, found);
    }
}
