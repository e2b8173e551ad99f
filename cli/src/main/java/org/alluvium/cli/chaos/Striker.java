package org.alluvium.cli.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.alluvium.cli.chaos.fleet.Fleet;
import org.alluvium.cli.chaos.fleet.Harm;
import org.alluvium.cli.chaos.fleet.Member;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Observer;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.shard.ShardFile;

/** Does to a fleet what a fault says. For one thread. */
final class Striker {

    /** Longer than anything takes that works, on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Less than any shard or checkpoint has, and more than a process id. */
    private static final long NEXT_TO_NOTHING = 256;

    /** A part of a line of the journal. */
    private static final long PART_OF_A_LINE = 100;

    private final Fleet fleet;
    private final Observer observer;
    private final LongFunction<String> coming;

    /** @param coming the id of the document that is produced after so many others */
    Striker(Fleet fleet, Observer observer, LongFunction<String> coming) {
        this.fleet = fleet;
        this.observer = observer;
        this.coming = coming;
    }

    /** Strikes, and returns once the fault is over; what is not as it should be is said. */
    List<String> strike(Fault fault) throws InterruptedException {
        return switch (fault.kind()) {
            case KILL -> kill(fault.target());
            case STOP -> stop(fault);
            case DISK_FULL -> fillDisk(fault);
            case CLOCK_JUMP -> jump(fault);
            case CHECKPOINT_DAMAGED -> damageCheckpoint(fault);
            case SHARD_TRUNCATED -> truncateShard();
            case DUPLICATE -> duplicate(fault);
            case NETWORK -> refuse(fault);
            case TAKEDOWN -> new TakedownStrike(fleet, observer, PATIENCE).strike(fault, coming);
        };
    }

    private List<String> kill(Target target) {
        Harm.kill(process(target));
        return List.of();
    }

    private List<String> stop(Fault fault) throws InterruptedException {
        ProcessHandle process = process(fault.target());
        Harm.stop(process);
        try {
            hold(fault);
        } finally {
            Harm.goOn(process);
        }
        return List.of();
    }

    private List<String> fillDisk(Fault fault) throws InterruptedException {
        boolean trainer = fault.target() == Target.TRAINER;
        List<ProcessHandle> processes = trainer
                ? List.of(process(Target.TRAINER))
                : List.of(process(Target.TASK_MANAGER_1), process(Target.TASK_MANAGER_2));
        long room = trainer ? size(fleet.site().run().journal()) + PART_OF_A_LINE : NEXT_TO_NOTHING;
        processes.forEach(process -> Harm.limitFiles(process, room));
        try {
            hold(fault);
        } finally {
            processes.stream().filter(ProcessHandle::isAlive).forEach(Harm::unlimitFiles);
        }
        return List.of();
    }

    private List<String> jump(Fault fault) throws InterruptedException {
        fleet.moveClocks(fault.amount());
        try {
            if (fault.target() != Target.ALL) {
                kill(fault.target());
            }
            hold(fault);
        } finally {
            fleet.moveClocks(0);
        }
        return List.of();
    }

    private List<String> refuse(Fault fault) throws InterruptedException {
        fleet.refuse(fault.target());
        try {
            hold(fault);
        } finally {
            fleet.admit(fault.target());
        }
        return List.of();
    }

    /** The trainer must put it aside, and go on from the one before. */
    private List<String> damageCheckpoint(Fault fault) {
        if (!awaitCheckpoints()) {
            return List.of("there were no two checkpoints to damage one of");
        }
        Member trainer = fleet.member(Target.TRAINER);
        ProcessHandle process = process(Target.TRAINER);
        trainer.leave();
        Harm.kill(process);
        Path newest = checkpoints().getLast();
        long recorded = size(fleet.site().run().journal());
        try {
            Harm.flip(newest.resolve("model.safetensors"), fault.amount());
        } finally {
            trainer.keep();
        }
        Path aside = newest.resolveSibling("damaged-" + newest.getFileName());
        return awaitAside(aside, recorded) ? List.of() : List.of(newest + " was damaged and not set aside as " + aside);
    }

    private boolean awaitCheckpoints() {
        return observer.await(seen -> checkpoints().size() > 1, PATIENCE).isPresent();
    }

    /** What was recorded when the trainer was killed is taken again after the checkpoint is put aside, and then more. */
    private boolean awaitAside(Path path, long recorded) {
        Path journal = fleet.site().run().journal();
        return observer.await(seen -> Files.exists(path) || size(journal) > recorded, PATIENCE)
                        .isPresent()
                && Files.exists(path);
    }

    private List<Path> checkpoints() {
        try (Stream<Path> all = Files.list(fleet.site().run().checkpoints())) {
            return all.filter(path -> RunLayout.stepOf(path).isPresent())
                    .sorted(Comparator.comparingLong(
                            path -> RunLayout.stepOf(path).getAsLong()))
                    .toList();
        } catch (IOException e) {
            throw StorageException.of("list checkpoints", fleet.site().run().checkpoints(), e);
        }
    }

    /** The trainer must end, with an error that names the file; once that is put back it goes on. */
    private List<String> truncateShard() throws InterruptedException {
        Member trainer = fleet.member(Target.TRAINER);
        ProcessHandle process = process(Target.TRAINER);
        trainer.leave();
        Harm.kill(process);
        try {
            long commits = observer.seen().commits();
            if (observer.await(seen -> seen.commits() > commits, PATIENCE).isEmpty()) {
                return List.of("there was no new shard to truncate");
            }
            ShardFile shard = observer.newestShard().orElseThrow();
            Path file = fleet.site().corpus().resolve(shard.path());
            Path copy = fleet.site().root().resolve("copy-of-a-shard");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            truncate(file, shard.bytes() / 2);
            try {
                return complaints(trainer.startOnce().get(PATIENCE.toSeconds(), TimeUnit.SECONDS), file);
            } finally {
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (TimeoutException e) {
            Harm.kill(process(Target.TRAINER));
            return List.of("the trainer did not notice that the newest shard was truncated");
        } catch (IOException | ExecutionException e) {
            return List.of("the newest shard could not be truncated: " + e);
        } finally {
            trainer.keep();
        }
    }

    private static List<String> complaints(Member.End end, Path shard) {
        List<String> complaints = new ArrayList<>();
        if (end.code() != ExitCode.DATA.code()) {
            complaints.add("a truncated shard ended the trainer with " + end.code() + ": " + end.words());
        }
        if (!end.words().contains(shard.getFileName().toString())) {
            complaints.add("the error does not name " + shard + ": " + end.words());
        }
        return complaints;
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (RandomAccessFile shard = new RandomAccessFile(file.toFile(), "rw")) {
            shard.setLength(bytes);
        }
    }

    /** Refused, and without harm. */
    private List<String> duplicate(Fault fault) {
        long step = observer.seen().step();
        observer.await(seen -> seen.step() > step, PATIENCE); // so that there is one to be refused for
        if (fault.target() == Target.TRAINER) {
            return refused(ExitCode.UNAVAILABLE, "train");
        }
        return fault.amount() % 2 == 0 ? refused(ExitCode.MISMATCH, "ingest") : refused(ExitCode.MISMATCH, "submit");
    }

    private List<String> refused(ExitCode expected, String command) {
        Member.End end = fleet.run(command);
        return end.code() == expected.code()
                ? List.of()
                : List.of("'" + command + "' ended with " + end.code() + " where " + expected.code()
                        + " was to be expected: " + end.words());
    }

    /** One that does not run now is about to be started. */
    private ProcessHandle process(Target target) {
        return fleet.awaitProcess(target, PATIENCE);
    }

    private static void hold(Fault fault) throws InterruptedException {
        Thread.sleep(fault.hold());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StorageException.of("look at", file, e);
        }
    }
}
