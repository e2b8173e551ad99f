package org.alluvium.bench.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One soak: feed, kill and measure for the planned time, then let everything be read and compare what came out with what
 * went in. The samples are also written to {@code samples.jsonl}, as they are taken.
 */
final class SoakRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_UNDERWAY = 60_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path home;
    private final Path folder;
    private final Plan plan;
    private final InstantSource clock;
    private final PrintWriter out;
    private final ProcessProbe probe = ProcessProbe.ofThisJdk();
    private final List<Sample> samples = new ArrayList<>();
    private int kills;

    /**
     * What is to be done.
     *
     * @param time for which documents are fed
     * @param killEvery time between two kills
     * @param sampleEvery time between two samples
     * @param heap largest heap of ingest
     */
    record Plan(Duration time, Duration killEvery, Duration sampleEvery, String heap) {}

    /**
     * How it went.
     *
     * @param eachOnce whether every document fed is in the log, once
     * @param proof the numbers behind that, in words
     */
    record Result(SoakReport report, boolean eachOnce, String proof) {}

    /**
     * @param home the checkout
     * @param folder an empty folder
     * @param out told what happens
     */
    SoakRun(Path home, Path folder, Plan plan, InstantSource clock, PrintWriter out) {
        this.home = home;
        this.folder = folder;
        this.plan = plan;
        this.clock = clock;
        this.out = out;
    }

    Result run() throws IOException, InterruptedException {
        Site site = new Site(home, folder, plan.heap(), clock, millis -> {});
        try {
            site.feed(new Pace.Backlog(site.ledger(), MOST_UNDERWAY));
            work(site);
            return awaitAll(site);
        } finally {
            site.stop();
        }
    }

    private Result awaitAll(Site site) throws InterruptedException {
        Map<String, Long> offered = site.endFeeding();
        say("fed " + offered + "; waiting until all of it is in the log");
        while (!site.ledger().hasAllOf(offered)) {
            site.letWork(LOOK);
        }
        // What comes twice would come now.
        site.letWork(plan.sampleEvery());
        return new Result(
                new SoakReport(samples),
                site.ledger().hasEachOnce(offered),
                site.ledger().describe(offered) + "; " + kills + " kills");
    }

    private void work(Site site) throws IOException, InterruptedException {
        Instant began = clock.instant();
        Instant end = began.plus(plan.time());
        Instant lastKill = began.plus(plan.time().multipliedBy(2).dividedBy(3));
        Instant kill = began.plus(plan.killEvery());
        Instant sample = began.plus(plan.sampleEvery());
        while (sample.isBefore(end)) {
            boolean killFirst = kill.isBefore(sample) && kill.isBefore(lastKill);
            site.letWork(Duration.between(clock.instant(), killFirst ? kill : sample));
            if (killFirst) {
                kill(site);
                kill = kill.plus(plan.killEvery());
            } else {
                take(site, Duration.between(began, clock.instant()));
                sample = sample.plus(plan.sampleEvery());
            }
        }
    }

    /** Ingest and broker in turn. */
    private void kill(Site site) {
        if (kills++ % 2 == 0) {
            say("kill -9 of ingest");
            site.ingest().kill();
        } else {
            say("kill -9 of the broker");
            site.broker().kill();
            site.broker().restart();
        }
    }

    private void take(Site site, Duration since) throws IOException, InterruptedException {
        OptionalLong ingest = site.ingest().pid();
        Optional<ProcessProbe.Reading> reading = ingest.isPresent() ? probe.look(ingest.getAsLong()) : Optional.empty();
        Sample sample = new Sample(
                since.toMillis() / 60_000.0,
                site.ledger().committed(),
                reading,
                probe.look(site.broker().process().pid()),
                disk(site),
                Math.max(0, site.ingest().starts() - 1));
        samples.add(sample);
        Files.writeString(
                folder.resolve("samples.jsonl"),
                JSON.writeValueAsString(sample.fields()) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        say("%,d documents; ingest %s"
                .formatted(sample.committed(), reading.map(SoakRun::describe).orElse("is not running")));
    }

    private static String describe(ProcessProbe.Reading ingest) {
        return "has %d MB of heap in use, %d MB of memory, %d files open"
                .formatted(ingest.heapBytes() / 1_000_000, ingest.residentBytes() / 1_000_000, ingest.fileHandles());
    }

    private static Sample.Disk disk(Site site) {
        Path state = site.corpus().flinkState();
        return new Sample.Disk(
                FolderSize.of(state, "tmp"),
                FolderSize.of(state.resolve("tmp")),
                FolderSize.of(site.corpus().log()),
                FolderSize.of(site.corpus().events().getParent()).bytes(),
                FolderSize.of(site.logs()).bytes(),
                FolderSize.of(site.inbox()).files());
    }

    private void say(String what) {
        out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + what);
        out.flush();
    }
}
