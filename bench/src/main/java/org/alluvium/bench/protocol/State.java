package org.alluvium.bench.protocol;

import java.util.List;
import org.alluvium.bench.protocol.Model.Step;

/**
 * Everything there is at one moment.
 *
 * @param log of the corpus
 * @param files of the corpus
 * @param ingest the job's attempts and its checkpoints
 * @param sweeps processes that take documents out
 * @param run the trainer's processes and what they have on disk
 * @param faults that may still happen
 */
public record State(Log log, Files files, Ingest ingest, List<Sweeper> sweeps, Run run, int faults) {

    static final State INITIAL = new State(Log.EMPTY, Files.NONE, Ingest.NONE, List.of(), Run.NEW, 0);

    public State {
        sweeps = List.copyOf(sweeps);
    }

    State with(Log next) {
        return new State(next, files, ingest, sweeps, run, faults);
    }

    State with(Files next) {
        return new State(log, next, ingest, sweeps, run, faults);
    }

    State with(Ingest next) {
        return new State(log, files, next, sweeps, run, faults);
    }

    State with(Ingest.Attempt next) {
        return with(ingest.with(next));
    }

    State with(Sweeper next) {
        List<Sweeper> more = new java.util.ArrayList<>(sweeps);
        if (next.number() < more.size()) {
            more.set(next.number(), next);
        } else {
            more.add(next);
        }
        return new State(log, files, ingest, more, run, faults);
    }

    State with(Run next) {
        return new State(log, files, ingest, sweeps, next, faults);
    }

    State with(Run.Trainer next) {
        return with(run.with(next));
    }

    State withFaults(int left) {
        return new State(log, files, ingest, sweeps, run, left);
    }

    /** How many attempts of the job have begun, by which the age of files is told. */
    int era() {
        return ingest.attempts().size();
    }

    /** What happens as it should. */
    static Step<State> calm(String words, State to) {
        return new Step<>(words, to, false);
    }

    /** What goes wrong. */
    static Step<State> fault(String words, State to) {
        return new Step<>(words, to.withFaults(to.faults() - 1), true);
    }
}
