package org.alluvium.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.alluvium.cli.chaos.fleet.Fleet;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Observer;
import org.alluvium.cli.chaos.proof.Recovery;

/** Measures how long a deployment takes to be well again after faults, several of which may be waited for at once. For one thread. */
final class Recoveries {

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final long LOOK_MILLIS = 20;

    private final Fleet fleet;
    private final Observer observer;
    private final long begunNanos = System.nanoTime();
    private final List<CompletableFuture<Recovery>> awaited = new ArrayList<>();

    Recoveries(Fleet fleet, Observer observer) {
        this.fleet = fleet;
        this.observer = observer;
    }

    /**
     * Begins to wait for the first commit and the first new step from now on.
     *
     * @param struckNanos when the fault began
     * @param complaints what was not as it should be so far
     */
    void await(Fault fault, long struckNanos, List<String> complaints) {
        Observer.Seen base = observer.seen();
        CompletableFuture<Recovery> recovery = new CompletableFuture<>();
        awaited.add(recovery);
        Thread.ofVirtual().start(() -> {
            try {
                recovery.complete(measure(fault, struckNanos, base, complaints));
            } catch (RuntimeException e) {
                recovery.completeExceptionally(e);
            }
        });
    }

    /** All so far, once they are over. */
    List<Recovery> all() {
        return awaited.stream().map(CompletableFuture::join).toList();
    }

    private Recovery measure(Fault fault, long struckNanos, Observer.Seen base, List<String> before) {
        List<String> complaints = new ArrayList<>(before);
        OptionalDouble commit = OptionalDouble.empty();
        OptionalDouble step = OptionalDouble.empty();
        OptionalDouble answer = OptionalDouble.empty();
        if (fault.target() == Target.DASHBOARD) {
            answer = answer(struckNanos);
        } else {
            step = seconds(struckNanos, observer.await(seen -> seen.step() > base.step(), LONGEST));
            if (fault.target() != Target.TRAINER) {
                commit = seconds(struckNanos, observer.await(seen -> seen.commits() > base.commits(), LONGEST));
            }
        }
        Recovery recovery = new Recovery(fault, since(begunNanos, struckNanos), commit, step, answer, List.of());
        if (recovery.seconds().isEmpty()) {
            complaints.add("no recovery in " + LONGEST.toSeconds() + " s");
        }
        return new Recovery(fault, recovery.atSeconds(), commit, step, answer, complaints);
    }

    private OptionalDouble answer(long struckNanos) {
        while (System.nanoTime() - struckNanos < LONGEST.toNanos()) {
            if (fleet.dashboardAnswers()) {
                return OptionalDouble.of(since(struckNanos, System.nanoTime()));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS); // a port can only be tried
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble seconds(long struckNanos, Optional<Observer.Seen> seen) {
        return seen.map(each -> OptionalDouble.of(since(struckNanos, each.atNanos())))
                .orElse(OptionalDouble.empty());
    }

    private static double since(long fromNanos, long untilNanos) {
        return Math.max(0, untilNanos - fromNanos) / 1e9;
    }
}
