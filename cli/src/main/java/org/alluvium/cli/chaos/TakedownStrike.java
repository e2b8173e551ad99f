package org.alluvium.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.alluvium.cli.chaos.fleet.Fleet;
import org.alluvium.cli.chaos.fleet.Harm;
import org.alluvium.cli.chaos.fleet.Member;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Observer;

/**
 * Takes two documents down: the one that was learned from last, and one that is about to be produced. The command is killed
 * somewhere between its entry in the log and its end, another process right after, and the command is given again with
 * {@code --finish}. Then the trainer goes back to before the documents, and keeps the options that made it go back, as under a
 * supervisor. For one thread.
 *
 * @param patience with anything
 */
record TakedownStrike(Fleet fleet, Observer observer, Duration patience) {

    /** Longer than it takes to carry a takedown out in a corpus of some minutes. */
    private static final long LONGEST_MILLIS = 2500;

    private static final int KILLED = 137;

    /** About so many are produced while the command starts and writes its entry. */
    private static final long AHEAD = 60;

    List<String> strike(Fault fault, LongFunction<String> coming) throws InterruptedException {
        List<String> ids = Stream.concat(
                        observer.newestLearned().stream(), Stream.of(coming.apply(fault.amount() % AHEAD)))
                .toList();
        long before = observer.takedown();
        List<String> words = new ArrayList<>(List.of("takedown", "--reason", "chaos"));
        ids.forEach(id -> words.addAll(List.of("--doc", id)));
        Member command = fleet.killable(words.toArray(String[]::new));
        CompletableFuture<Member.End> end = command.startOnce();
        observer.await(seen -> end.isDone() || observer.takedown() > before, patience);
        long takedown = observer.look().takedown();
        if (takedown == before) {
            command.end();
            return List.of("a takedown did not come into the log: " + end.join().words());
        }
        Thread.sleep(fault.amount() / AHEAD % LONGEST_MILLIS);
        command.end();
        Harm.kill(fleet.awaitProcess(fault.target(), patience));
        List<String> complaints = new ArrayList<>();
        if (end.join().code() != 0 && end.join().code() != KILLED) {
            complaints.add("a takedown ended with " + end.join().code() + ": "
                    + end.join().words());
        }
        Member.End finished = fleet.run("takedown", "--finish");
        if (finished.code() != 0) {
            complaints.add("'takedown --finish' ended with " + finished.code() + ": " + finished.words());
        }
        complaints.addAll(goBack(ids, takedown));
        return complaints;
    }

    /** To the last checkpoint from before the documents, if any step that counts has learned from one. */
    private List<String> goBack(List<String> ids, long takedown) {
        Member trainer = fleet.member(Target.TRAINER);
        ProcessHandle process = fleet.awaitProcess(Target.TRAINER, patience);
        trainer.leave();
        Harm.kill(process);
        try {
            OptionalLong first = observer.look().firstStep(ids);
            if (first.isEmpty()) {
                return List.of();
            }
            OptionalLong clean = fleet.site()
                    .checkpoints()
                    .filter(step -> step < first.getAsLong())
                    .max();
            if (clean.isEmpty()) {
                return List.of(
                        "no checkpoint is left from before step " + first.getAsLong() + ", which learned from " + ids);
            }
            trainer.become(fleet.site()
                    .supervised(
                            "train", "--from", Long.toString(clean.getAsLong()), "--through", Long.toString(takedown)));
        } finally {
            trainer.keep();
        }
        return observer.await(seen -> observer.wentBackFor() >= takedown, patience)
                        .isPresent()
                ? List.of()
                : List.of("the trainer did not go back for takedown " + takedown);
    }
}
