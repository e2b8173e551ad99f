package org.alluvium.cli.chaos;

import java.util.List;
import org.alluvium.cli.chaos.fleet.Member;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Recovery;
import org.alluvium.contracts.error.ExitCode;

/** Whether processes ended of what was done to them, and of nothing else. Pure. */
final class Ends {

    private static final int KILLED = 137;

    private Ends() {}

    /** Every end of broker, trainer and dashboard has a fault that it may be of; each fault kills once. */
    static Claim explained(List<Member.End> ends, List<Recovery> recoveries) {
        List<Fault> faults = recoveries.stream().map(Recovery::fault).toList();
        List<String> against = ends.stream()
                .filter(end -> faults.stream().noneMatch(fault -> explains(fault, end)))
                .map(end -> end.name() + " ended with " + end.code() + ": " + lastLine(end.words()))
                .toList();
        return Claim.unless(
                "no process ended but of a fault, with its documented exit code", ends.size() + " ends", against);
    }

    private static boolean explains(Fault fault, Member.End end) {
        boolean trainer = end.name().equals("train");
        return switch (fault.kind()) {
            case KILL, CLOCK_JUMP -> end.code() == KILLED && isNamed(fault.target(), end.name());
            case CHECKPOINT_DAMAGED -> trainer && end.code() == KILLED;
            case SHARD_TRUNCATED -> trainer && (end.code() == KILLED || end.code() == ExitCode.DATA.code());
            case DISK_FULL -> trainer && fault.target() == Target.TRAINER && end.code() == ExitCode.STORAGE.code();
            case TAKEDOWN -> end.code() == KILLED && (trainer || isNamed(fault.target(), end.name()));
            case STOP, DUPLICATE, NETWORK -> false;
        };
    }

    private static boolean isNamed(Target target, String name) {
        return target == Target.TRAINER ? name.equals("train") : target.word().equals(name);
    }

    private static String lastLine(String words) {
        return words.lines().reduce((before, last) -> last).orElse("it said nothing");
    }
}
