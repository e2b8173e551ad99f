package org.alluvium.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.cli.chaos.fleet.Documents;
import org.alluvium.cli.chaos.fleet.Feeder;
import org.alluvium.cli.chaos.fleet.Fleet;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.Planner;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Observer;
import org.alluvium.cli.chaos.proof.Recovery;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/** One run: a deployment that is disturbed, brought to rest, and held to what was promised. For one thread. */
public final class ChaosRun {

    private static final Duration BEGINNING = Duration.ofMinutes(5);

    private final ChaosOptions options;
    private final Progress progress;

    public ChaosRun(ChaosOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs it all, and writes the report.
     *
     * @return whether all is proved
     */
    public Report run() throws InterruptedException {
        List<Fault> schedule = Planner.plan(options.seed(), options.minutes());
        Path root = options.folder().toAbsolutePath().resolve("deployment");
        if (Files.exists(root)) {
            throw new UnavailableException(
                    "there is a deployment already", root.toString(), "Name another folder with --out, or delete it");
        }
        progress.say(schedule.size() + " faults are planned for seed " + options.seed());
        Report report = disturb(root, schedule);
        report.write(options.folder());
        if (report.proved() && !options.keep()) {
            delete(root);
        }
        return report;
    }

    private Report disturb(Path root, List<Fault> schedule) throws InterruptedException {
        long begun = System.nanoTime();
        Documents documents = new Documents(options.seed());
        try (Fleet fleet = Fleet.start(root, progress::say);
                Observer observer =
                        new Observer(fleet.site().corpus(), fleet.site().run());
                Feeder feeder = fleet.feed(documents, options.rate())) {
            if (observer.await(seen -> seen.step() > 0, BEGINNING).isEmpty()) {
                throw new UnavailableException(
                        "no step was made in " + BEGINNING.toMinutes() + " minutes without any fault",
                        root.toString(),
                        "Read the logs there");
            }
            Striker striker = new Striker(
                    fleet,
                    observer,
                    ahead -> documents.message(feeder.count() + ahead).id());
            List<Recovery> recoveries = strike(striker, new Recoveries(fleet, observer), schedule);
            Rest rest = new Rest(fleet, observer, documents, feeder, progress);
            List<Claim> claims = new ArrayList<>();
            claims.add(recovered(recoveries));
            claims.add(Ends.explained(fleet.ends(), recoveries));
            claims.addAll(rest.claims());
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Report(options, seconds, rest.figures(), recoveries, claims);
        }
    }

    private List<Recovery> strike(Striker striker, Recoveries recoveries, List<Fault> schedule)
            throws InterruptedException {
        progress.begin("faults");
        for (Fault fault : schedule) {
            if (!fault.overlaps()) {
                recoveries.all();
                Thread.sleep(fault.pause());
            }
            progress.say("fault %d of %d: %s%s"
                    .formatted(
                            fault.number(),
                            schedule.size(),
                            fault.words(),
                            fault.overlaps() ? ", before the one before is over" : ""));
            long struck = System.nanoTime();
            List<String> complaints = strike(striker, fault);
            complaints.forEach(complaint -> progress.say("NOT AS IT SHOULD BE: " + complaint));
            recoveries.await(fault, struck, complaints);
            progress.at(fault.number(), schedule.size());
        }
        return recoveries.all();
    }

    /** A fault that cannot strike is a finding, too: what it strikes should have been there. */
    private static List<String> strike(Striker striker, Fault fault) throws InterruptedException {
        try {
            return striker.strike(fault);
        } catch (AlluviumException e) {
            return List.of(e.getMessage());
        }
    }

    private static Claim recovered(List<Recovery> recoveries) {
        return Claim.unless(
                "every fault was noticed or borne as it should be, and recovered from",
                recoveries.size() + " faults",
                recoveries.stream()
                        .flatMap(each -> each.complaints().stream()
                                .map(complaint -> "fault " + each.fault().number() + " ("
                                        + each.fault().words() + "): " + complaint))
                        .toList());
    }

    private static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw StorageException.of("delete the deployment", root, e);
        }
    }

    /** Of the process. */
    public static ExitCode code(Report report) {
        return report.proved() ? ExitCode.OK : ExitCode.FAILED;
    }
}
