package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * All processes of a deployment, kept running whatever happens to them, and the gates between them. Closing ends all of them.
 * Thread-safe.
 */
public final class Fleet implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;
    private static final long BROKER_PATIENCE_SECONDS = 120;

    private final Site site;
    private final Topic topic;
    private final Gate brokerGate;
    private final Gate jobManagerGate;
    private final Cluster cluster;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("restarts").daemon().factory());
    private final Map<Target, Member> members = new EnumMap<>(Target.class);

    private Fleet(Site site) {
        this.site = site;
        this.topic = new Topic(site.brokers());
        this.cluster = new Cluster(site, site.config());
        this.brokerGate = new Gate(site.ports().brokerGate(), site.ports().broker());
        this.jobManagerGate = new Gate(site.ports().rpcGate(), site.ports().rpc());
        members.put(Target.BROKER, member("broker", site.broker()));
        members.put(Target.TRAINER, member("train", site.supervised("train")));
        members.put(Target.DASHBOARD, member("dashboard", site.supervised("dashboard")));
    }

    private Member member(String name, List<String> command) {
        return new Member(name, command, site.log(name), timer);
    }

    /**
     * Starts a deployment in a folder that is not there yet.
     *
     * @param say takes a line for whatever takes its time
     * @return once all of it runs
     */
    public static Fleet start(Path root, Consumer<String> say) {
        Harm.require();
        Fleet fleet = new Fleet(Site.create(root));
        // Flink's processes would outlive this one.
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end-of-fleet"));
        try {
            fleet.start(say);
            return fleet;
        } catch (RuntimeException | Error e) {
            fleet.close();
            throw e;
        }
    }

    private void start(Consumer<String> say) {
        say.accept("starting the broker");
        member(Target.BROKER).keep();
        awaitBroker();
        topic.create();
        say.accept("starting Flink and the ingest job");
        cluster.start();
        say.accept("starting trainer and dashboard");
        member(Target.TRAINER).keep();
        member(Target.DASHBOARD).keep();
    }

    /** A port can only be tried. */
    private void awaitBroker() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BROKER_PATIENCE_SECONDS);
        while (!answers(site.ports().broker())) {
            if (System.nanoTime() > deadline) {
                throw new UnavailableException(
                        "the broker does not start", site.log("broker").toString(), "Read what it says");
            }
            pause(LOOK_MILLIS);
        }
    }

    /** Whether somebody takes connections there. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the dashboard takes connections. */
    public boolean dashboardAnswers() {
        return answers(site.ports().dashboard());
    }

    public Site site() {
        return site;
    }

    /** Begins to produce. */
    public Feeder feed(Documents documents, double recordsPerSecond) {
        return new Feeder(documents, topic, site.inbox(), recordsPerSecond);
    }

    /** Hands over all messages that the topic holds. */
    public void forEachMessage(Consumer<String> message) {
        topic.forEach(message);
    }

    /** One that is kept: broker, trainer or dashboard. */
    public Member member(Target target) {
        return members.get(target);
    }

    /** The process that a fault strikes; empty while it does not run. */
    public Optional<ProcessHandle> process(Target target) {
        return switch (target) {
            case BROKER, TRAINER, DASHBOARD -> member(target).process().map(Process::toHandle);
            case JOB_MANAGER, TASK_MANAGER_1, TASK_MANAGER_2 -> cluster.process(target.word());
            case INGEST, ALL -> throw new IllegalArgumentException(target + " is no process");
        };
    }

    /** The same, waited for if it is about to be started. */
    public ProcessHandle awaitProcess(Target target, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<ProcessHandle> process = process(target);
        while (process.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new UnavailableException(
                        target.word() + " does not come back",
                        site.root().resolve("logs").toString(),
                        "Read its log, and those of cluster/log");
            }
            pause(LOOK_MILLIS);
            process = process(target);
        }
        return process.get();
    }

    /** The gate before a server. */
    private Gate gate(Target target) {
        return switch (target) {
            case BROKER -> brokerGate;
            case JOB_MANAGER -> jobManagerGate;
            default -> throw new IllegalArgumentException("there is no gate before " + target);
        };
    }

    /** Refuses connections to a server. */
    public void refuse(Target server) {
        gate(server).shut();
    }

    /** Lets them through again. */
    public void admit(Target server) {
        gate(server).open();
    }

    /** Moves the wall clocks of all processes to where they are so far from the system's; 0 for its time. */
    public void moveClocks(long millis) {
        try {
            Path next = site.clock().resolveSibling("clock.next");
            Files.writeString(next, Long.toString(millis));
            Files.move(next, site.clock(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageException.of("move the clocks", site.clock(), e);
        }
    }

    /** Runs a command of ours to its end; returns its exit code and what it said. */
    public Member.End run(String... words) {
        Command.Answer answer = Command.run(site.command(List.of(words)), site.log("commands"));
        return new Member.End(String.join(" ", words), System.nanoTime(), answer.code(), answer.words());
    }

    /** A command of ours that can be killed on its way. */
    public Member killable(String... words) {
        return member(words[0], site.command(List.of(words)));
    }

    /** How kept processes have ended so far. */
    public List<Member.End> ends() {
        List<Member.End> ends = new ArrayList<>();
        members.values().forEach(member -> ends.addAll(member.ends()));
        return ends;
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public synchronized void close() {
        if (timer.isShutdown()) {
            return;
        }
        timer.shutdownNow();
        for (Target target : Target.values()) {
            if (target != Target.INGEST && target != Target.ALL) {
                process(target).ifPresent(Harm::goOn);
            }
        }
        cluster.close();
        members.values().forEach(Member::end);
        brokerGate.close();
        jobManagerGate.close();
    }
}
