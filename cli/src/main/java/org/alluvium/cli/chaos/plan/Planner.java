package org.alluvium.cli.chaos.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes the schedule of faults of a run. It is made of rounds: in each, every kind of fault strikes once, in an order of its
 * own, and what it strikes takes turns from round to round. The last round ends where the minutes do, by what faults take at
 * the least; so many are made, however long they take in the end. Pure and stateless.
 */
public final class Planner {

    /** What a fault and its recovery take beside its own time, at the least. */
    private static final Duration RECOVERY = Duration.ofSeconds(4);

    /** The same where a fault's own time is so short that recovery is most of it. */
    private static final Duration SHORT_RECOVERY = Duration.ofSeconds(7);

    /** A run that is shorter than this has no time for long faults. */
    private static final Duration ROOMY = Duration.ofMinutes(6);

    /** A takedown has the trainer go back, for which a run that is shorter has no time. */
    private static final Duration TAKEDOWNS = Duration.ofMinutes(3);

    /** What a takedown takes beside its recovery: it is given twice, and the trainer starts once more. */
    private static final Duration TAKEDOWN = Duration.ofSeconds(10);

    private static final Duration LONG_HOLD = Duration.ofSeconds(30);
    private static final Duration SHORT_HOLD = Duration.ofSeconds(3);
    private static final int LONGEST_PAUSE_MILLIS = 8000;
    private static final int SHORT_PAUSE_MILLIS = 1000;

    /** One fault in so many strikes while the one before is not over. */
    private static final int OVERLAP_ONE_IN = 6;

    /** From what a correction by a time server comes to, up to a clock that was set wrong by years. */
    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(3),
            Duration.ofHours(-3),
            Duration.ofSeconds(-90),
            Duration.ofDays(400),
            Duration.ofDays(-400),
            Duration.ofSeconds(90));

    private final Random random;
    private final boolean roomy;
    private final List<FaultKind> kinds;
    private final Map<FaultKind, List<Target>> turns = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> made = new EnumMap<>(FaultKind.class);
    private final List<Fault> faults = new ArrayList<>();

    private Planner(long seed, Duration budget) {
        this.random = new Random(seed);
        this.roomy = budget.compareTo(ROOMY) >= 0;
        this.kinds = Arrays.stream(FaultKind.values())
                .filter(kind -> kind != FaultKind.TAKEDOWN || budget.compareTo(TAKEDOWNS) >= 0)
                .toList();
        for (FaultKind kind : kinds) {
            List<Target> order = new ArrayList<>(kind.targets());
            Collections.shuffle(order, random);
            turns.put(kind, order);
        }
    }

    /**
     * The faults of a run, in order.
     *
     * @param minutes above 0
     */
    public static List<Fault> plan(long seed, double minutes) {
        Duration budget =
                Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis()));
        return new Planner(seed, budget).fill(budget);
    }

    private List<Fault> fill(Duration budget) {
        Duration spent = Duration.ZERO;
        while (true) {
            List<FaultKind> round = new ArrayList<>(kinds);
            Collections.shuffle(round, random);
            for (FaultKind kind : round) {
                Fault next = next(kind);
                spent = spent.plus(next.pause()).plus(next.hold()).plus(roomy ? RECOVERY : SHORT_RECOVERY);
                spent = kind == FaultKind.TAKEDOWN ? spent.plus(TAKEDOWN) : spent;
                if (spent.compareTo(budget) > 0 && !faults.isEmpty()) {
                    return List.copyOf(faults);
                }
                faults.add(next);
            }
        }
    }

    private Fault next(FaultKind kind) {
        int turn = made.merge(kind, 1, Integer::sum) - 1;
        Target target = turns.get(kind).get(turn % turns.get(kind).size());
        boolean overlaps = !faults.isEmpty() && random.nextInt(OVERLAP_ONE_IN) == 0 && mayOverlap(kind);
        Duration pause = Duration.ofMillis(random.nextInt(roomy ? LONGEST_PAUSE_MILLIS : SHORT_PAUSE_MILLIS));
        return new Fault(
                faults.size() + 1, kind, target, hold(kind), overlaps ? Duration.ZERO : pause, overlaps, amount(kind));
    }

    private Duration hold(FaultKind kind) {
        Duration lasting = roomy ? LONG_HOLD : SHORT_HOLD;
        return switch (kind) {
            case STOP, NETWORK, CLOCK_JUMP -> lasting;
            case DISK_FULL -> lasting.dividedBy(roomy ? 3 : 1);
            case KILL, CHECKPOINT_DAMAGED, SHARD_TRUNCATED, DUPLICATE, TAKEDOWN -> Duration.ZERO;
        };
    }

    private long amount(FaultKind kind) {
        return kind == FaultKind.CLOCK_JUMP
                ? JUMPS.get(random.nextInt(JUMPS.size())).toMillis()
                : random.nextInt(Integer.MAX_VALUE);
    }

    /** Those that must see a deployment that is well, to know whom a refusal or a document comes from, strike alone. */
    private static boolean mayOverlap(FaultKind kind) {
        return switch (kind) {
            case KILL, STOP, DISK_FULL, CLOCK_JUMP, NETWORK -> true;
            case CHECKPOINT_DAMAGED, SHARD_TRUNCATED, DUPLICATE, TAKEDOWN -> false;
        };
    }
}
