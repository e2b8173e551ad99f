package org.alluvium.cli.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * A job as one server of a queue, whose speed is that of its slots together. It works on one parcel after another; a checkpoint's
 * barrier lines up behind what is buffered, and what was done before it is in the log once the checkpoint is complete. A failure
 * puts everything that is not in the log back to where it came from. Not modelled: uneven slots, a slower job while it takes
 * checkpoints, and a source that cannot keep what waits.
 */
public final class Simulation {

    private static final double SECONDS_AN_HOUR = 3_600;

    private enum Kind {
        ARRIVAL,
        SERVED,
        TRIGGER,
        COMPLETE,
        FAILURE,
        UP,
        LOOK
    }

    /** What happens at a time, unless the job has been restarted since it was planned; ties in the order of planning. */
    private record Event(double time, long order, Kind kind, int attempt) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private record Parcel(long number, double arrived) {}

    private static final int ANY_ATTEMPT = -1;
    private static final int NO_BARRIER = -1;

    private final Scenario scenario;
    private final SplittableRandom arrivalsRandom;
    private final SplittableRandom failuresRandom;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private final DoubleStream.Builder ages = DoubleStream.builder();
    private final Tally tally = new Tally();

    private List<Parcel> done = new ArrayList<>();
    private List<Parcel> inCheckpoint = List.of();
    private Parcel inWork;
    private double now;
    private long planned;
    private int attempt;
    private int slots;
    private boolean up;
    private boolean checkpointing;
    private boolean due;
    private int beforeBarrier = NO_BARRIER;
    private double behindSince = Double.NaN;

    /** Sums that only grow. */
    private static final class Tally {
        private long arrived;
        private long committed;
        private long duplicates;
        private long replayed;
        private long begun;
        private double wait;
        private double worked;
        private double workedAtLook;
        private double slotSeconds;
        private double slotsSince;
        private double mostLag;
        private double longestCatchUp;
        private int checkpoints;
        private int failures;
        private int rescalings;
        private int mostSlots;
    }

    private Simulation(Scenario scenario) {
        this.scenario = scenario;
        SplittableRandom random = new SplittableRandom(scenario.seed());
        this.arrivalsRandom = random.split();
        this.failuresRandom = random.split();
        this.slots = scenario.slots();
    }

    /** What comes of a scenario; the same for the same scenario. */
    public static Report run(Scenario scenario) {
        Simulation simulation = new Simulation(scenario);
        simulation.begin();
        simulation.runToHorizon();
        return simulation.report();
    }

    private void begin() {
        tally.mostSlots = slots;
        plan(nextArrival(), Kind.ARRIVAL, ANY_ATTEMPT);
        plan(scenario.scaling().every(), Kind.LOOK, ANY_ATTEMPT);
        plan(0, Kind.UP, attempt);
    }

    private void runToHorizon() {
        while (events.peek().time() <= scenario.horizon()) {
            Event event = events.remove();
            if (event.attempt() == ANY_ATTEMPT || event.attempt() == attempt) {
                now = event.time();
                handle(event.kind());
            }
        }
        now = scenario.horizon();
        countSlots();
    }

    private void handle(Kind kind) {
        switch (kind) {
            case ARRIVAL -> arrive();
            case SERVED -> served();
            case TRIGGER -> trigger();
            case COMPLETE -> complete();
            case FAILURE -> fail();
            case UP -> comeUp();
            case LOOK -> look();
        }
    }

    private void plan(double time, Kind kind, int ofAttempt) {
        events.add(new Event(time, planned++, kind, ofAttempt));
    }

    /** Thinning (Lewis and Shedler, 1979): candidates at the highest rate, of which as many stay as the rate of the time says. */
    private double nextArrival() {
        double most = scenario.arrivals().mostParcelsPerSecond();
        double time = now;
        do {
            time += exponential(arrivalsRandom, 1 / most);
        } while (arrivalsRandom.nextDouble() * most > scenario.arrivals().parcelsPerSecond(time));
        return time;
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -mean * Math.log1p(-random.nextDouble());
    }

    private void arrive() {
        waiting.add(new Parcel(tally.arrived++, now));
        tally.mostLag = Math.max(tally.mostLag, lag());
        plan(nextArrival(), Kind.ARRIVAL, ANY_ATTEMPT);
        workOn();
    }

    private double lag() {
        return waiting.size() * serviceTime();
    }

    private double serviceTime() {
        return scenario.arrivals().parcel() / (slots * scenario.slotRate());
    }

    private void workOn() {
        if (up && inWork == null && !waiting.isEmpty()) {
            inWork = waiting.remove();
            tally.wait += now - inWork.arrived();
            tally.begun++;
            plan(now + serviceTime(), Kind.SERVED, attempt);
        }
    }

    private void served() {
        done.add(inWork);
        inWork = null;
        tally.worked += serviceTime();
        if (beforeBarrier > 0 && --beforeBarrier == 0) {
            snapshot();
        }
        if (waiting.isEmpty() && !Double.isNaN(behindSince)) {
            tally.longestCatchUp = Math.max(tally.longestCatchUp, now - behindSince);
            behindSince = Double.NaN;
        }
        workOn();
    }

    private void trigger() {
        plan(now + scenario.checkpoints().interval(), Kind.TRIGGER, attempt);
        if (checkpointing) {
            due = true;
        } else {
            beginCheckpoint();
        }
    }

    private void beginCheckpoint() {
        checkpointing = true;
        due = false;
        int buffered =
                (int) (scenario.checkpoints().buffered() / scenario.arrivals().parcel());
        beforeBarrier = Math.min(waiting.size() + (inWork == null ? 0 : 1), buffered);
        if (beforeBarrier == 0) {
            snapshot();
        }
    }

    private void snapshot() {
        beforeBarrier = NO_BARRIER;
        inCheckpoint = done;
        done = new ArrayList<>();
        plan(now + scenario.checkpoints().time(), Kind.COMPLETE, attempt);
    }

    private void complete() {
        commit(inCheckpoint);
        inCheckpoint = List.of();
        checkpointing = false;
        tally.checkpoints++;
        if (due) {
            beginCheckpoint();
        }
    }

    /** The log has every parcel once and in order, or the model of what a failure puts back is wrong. */
    private void commit(List<Parcel> parcels) {
        for (Parcel parcel : parcels) {
            tally.duplicates += parcel.number() == tally.committed ? 0 : 1;
            tally.committed++;
            ages.add(now - parcel.arrived());
        }
    }

    private void fail() {
        tally.failures++;
        behindSince = Double.isNaN(behindSince) ? now : behindSince;
        goDown(scenario.failures().restart());
    }

    /** Puts back what is not in the log, newest first, and starts again later. */
    private void goDown(double time) {
        List<Parcel> lost = new ArrayList<>(inCheckpoint);
        lost.addAll(done);
        if (inWork != null) {
            lost.add(inWork);
        }
        tally.replayed += lost.size();
        lost.reversed().forEach(waiting::addFirst);
        inCheckpoint = List.of();
        done = new ArrayList<>();
        inWork = null;
        checkpointing = false;
        due = false;
        beforeBarrier = NO_BARRIER;
        up = false;
        attempt++;
        plan(now + time, Kind.UP, attempt);
    }

    private void comeUp() {
        up = true;
        plan(now + scenario.checkpoints().interval(), Kind.TRIGGER, attempt);
        double mean = scenario.failures().meanBetween();
        if (mean > 0) {
            plan(now + exponential(failuresRandom, mean), Kind.FAILURE, attempt);
        }
        workOn();
    }

    private void look() {
        Scenario.Scaling scaling = scenario.scaling();
        double load = (tally.worked - tally.workedAtLook) / scaling.every();
        tally.workedAtLook = tally.worked;
        plan(now + scaling.every(), Kind.LOOK, ANY_ATTEMPT);
        if (up && lag() > scaling.upAtLag() && slots < scaling.most()) {
            rescale(Math.min(scaling.most(), slots * 2));
        } else if (up && load < scaling.downAtLoad() && slots > scenario.slots()) {
            rescale(Math.max(scenario.slots(), slots / 2));
        }
    }

    /** Stops with a savepoint, which commits what is done, and starts with other slots. */
    private void rescale(int to) {
        commit(inCheckpoint);
        inCheckpoint = List.of();
        commit(done);
        done = new ArrayList<>();
        countSlots();
        slots = to;
        tally.mostSlots = Math.max(tally.mostSlots, to);
        tally.rescalings++;
        goDown(scenario.scaling().rescale());
    }

    private void countSlots() {
        tally.slotSeconds += slots * (now - tally.slotsSince);
        tally.slotsSince = now;
    }

    private Report report() {
        double parcel = scenario.arrivals().parcel();
        double[] sorted = ages.build().sorted().toArray();
        Report.Work work = new Report.Work(
                tally.checkpoints,
                tally.failures,
                tally.rescalings,
                tally.mostSlots,
                tally.slotSeconds / SECONDS_AN_HOUR);
        return new Report(
                tally.arrived * parcel,
                tally.committed * parcel,
                tally.duplicates * parcel,
                (tally.arrived - tally.committed) * parcel,
                tally.replayed * parcel,
                Report.Freshness.of(sorted),
                tally.wait / Math.max(1, tally.begun),
                tally.longestCatchUp,
                tally.mostLag,
                work);
    }
}
