package org.alluvium.trainer.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.alluvium.contracts.config.GuardConfig;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.guard.GuardState.Calm;
import org.alluvium.trainer.guard.GuardState.Spike;

/**
 * Judges steps by the distance of loss and gradient norm from the mean of a window of good steps, in its standard deviations,
 * as llm.c reports them. A spike is skipped. When the last of {@code patience} spikes in a row does not pass, the run goes
 * back to before the documents that are to blame, as PaLM's did (arXiv 2204.02311, section 5.1). Departures: it goes back no
 * further than those documents ask for, and leaves out documents instead of batches.
 *
 * <p>Who is to blame. Of a loss that is a spike, the fewest documents without which the rest of the step would be less than
 * half as far from the mean, those first that add most. Of a loss that is no number, the documents that have none. If it is
 * the gradient alone, all documents of the step. When a run that went back meets spikes again within a window, and there is
 * no good document in them, what it learned before comes under suspicion, too: of each of the last 8 good steps, then of the
 * last 64, the document that added most to the loss. After {@code rewinds} of them the spikes are no accident, and the guard
 * yields: the window begins anew.
 *
 * <p>A step of fewer targets than usual, such as the last one of a corpus, is allowed what chance makes of so few: deviations
 * grow with the root of how many are missing, and so does the norm of a gradient, which is mostly noise.
 *
 * <p>Pure: a verdict and the next state depend on the arguments alone. Spikes never enter the window. Until the window is
 * full only a step without numbers is a spike.
 */
public final class SpikeGuard {

    /** A window whose steps hardly differ is taken to have this share of its mean as its deviation. */
    private static final double SMALLEST_DEVIATION = 0.01;

    /** By this factor more good steps come under suspicion with every rewind. */
    private static final int REACH_FACTOR = 8;

    private final GuardConfig config;

    /** A verdict and what is remembered of it. */
    public record Judgement(Verdict verdict, GuardState next) {}

    /** Mean and standard deviation of a window. */
    private record Level(double mean, double deviation) {

        static Level of(List<Calm> calm, ToDoubleFunction<Calm> value) {
            double sum = 0;
            for (Calm step : calm) {
                sum += value.applyAsDouble(step);
            }
            double mean = sum / calm.size();
            double squares = 0;
            for (Calm step : calm) {
                double distance = value.applyAsDouble(step) - mean;
                squares += distance * distance;
            }
            double deviation = Math.sqrt(squares / calm.size());
            return new Level(mean, Math.max(deviation, SMALLEST_DEVIATION * Math.abs(mean)));
        }

        /** For values that scatter more. */
        Level widened(double factor) {
            return new Level(mean, factor * deviation);
        }

        /** For values that are greater and scatter more. */
        Level scaled(double factor) {
            return new Level(factor * mean, factor * deviation);
        }

        double distance(double value) {
            return (value - mean) / deviation;
        }

        double at(double deviations) {
            return mean + deviations * deviation;
        }
    }

    /** What is wrong with a step. */
    private record Problem(String reason, List<PieceLoss> pieces) {}

    public SpikeGuard(GuardConfig config) {
        this.config = config;
    }

    /** Judges the step that follows a state. */
    public Judgement judge(GuardState state, Observation step) {
        List<Problem> problems = problems(state, step);
        long cut = step.cut(state.cutSince());
        if (problems.isEmpty()) {
            return new Judgement(new Verdict.Calm(), calm(state, step));
        }
        Problem problem = problems.getFirst();
        if (!config.enabled()) {
            return new Judgement(new Verdict.Diverged(problem.reason()), state);
        }
        List<BlamedDocument> blamed = problem.pieces().stream()
                .map(piece -> BlamedDocument.of(piece, step.firstStep(piece, state.cutSince())))
                .toList();
        GuardState next = state.afterSpike(
                new Spike(step.step(), blamed.size() == step.pieces().size(), blamed), cut);
        if (next.spikes().size() < config.patience()) {
            return new Judgement(new Verdict.Skipped(problem.reason(), blamed), next);
        }
        int before = recentRewinds(next);
        if (before < config.rewinds()) {
            return new Judgement(new Verdict.Rewound(rewind(next, step.step(), before, problem.reason())), next);
        }
        return step.isFinite()
                ? new Judgement(new Verdict.Yielded(problem.reason()), calm(state.forgetful(), step))
                : new Judgement(new Verdict.Diverged(problem.reason()), state);
    }

    /** How many good steps before a spike may come under suspicion: a checkpoint before them saves time. */
    public static long reach(GuardConfig config) {
        return config.enabled() && config.rewinds() > 0 ? config.window() : 0;
    }

    private GuardState calm(GuardState state, Observation step) {
        if (!config.enabled()) {
            return state;
        }
        Calm calm = new Calm(step.step(), step.loss(), step.gradNorm(), step.targets(), step.suspect(state.cutSince()));
        return state.afterCalm(calm, config.window(), step.cut(state.cutSince()));
    }

    /** What is wrong with the step, the worst first; empty if nothing is. */
    private List<Problem> problems(GuardState state, Observation step) {
        if (!step.isFinite()) {
            List<PieceLoss> without = step.pieces().stream()
                    .filter(piece -> !Double.isFinite(piece.lossSum()))
                    .toList();
            return List.of(new Problem(
                    "the loss is " + step.loss() + " and the gradient's norm " + step.gradNorm(),
                    without.isEmpty() ? step.pieces() : without));
        }
        if (!config.enabled() || state.calm().size() < config.window()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        double thinness = thinness(state, step);
        Level loss = Level.of(state.calm(), Calm::loss).widened(thinness);
        if (loss.distance(step.loss()) > config.lossDeviations()) {
            problems.add(new Problem(
                    reason("loss", step.loss(), loss), explaining(step, loss.at(config.lossDeviations() / 2))));
        }
        Level gradNorm = Level.of(state.calm(), Calm::gradNorm).scaled(thinness);
        if (gradNorm.distance(step.gradNorm()) > config.gradNormDeviations()) {
            problems.add(new Problem(reason("gradient's norm", step.gradNorm(), gradNorm), step.pieces()));
        }
        return problems;
    }

    /** By how much chance alone moves the mean of so few targets further than it moves those of the window; at least 1. */
    private static double thinness(GuardState state, Observation step) {
        double usual = Level.of(state.calm(), Calm::targets).mean();
        return Math.max(1, Math.sqrt(usual / Math.max(1, step.targets())));
    }

    private static String reason(String what, double value, Level level) {
        return String.format(
                Locale.ROOT,
                "the %s of %.4g is %.1f deviations above %.4g",
                what,
                value,
                level.distance(value),
                level.mean());
    }

    /** The fewest pieces without which the mean loss of the rest is at most the limit. */
    private static List<PieceLoss> explaining(Observation step, double limit) {
        List<PieceLoss> worstFirst = step.pieces().stream()
                .sorted(Comparator.comparingDouble((PieceLoss piece) -> Observation.excess(piece, limit))
                        .reversed())
                .toList();
        double left = step.pieces().stream()
                .mapToDouble(piece -> Observation.excess(piece, limit))
                .sum();
        List<PieceLoss> explaining = new ArrayList<>();
        for (int i = 0; left > 0 && i < worstFirst.size(); i++) {
            explaining.add(worstFirst.get(i));
            left -= Observation.excess(worstFirst.get(i), limit);
        }
        return explaining;
    }

    /** Rewinds that were decided at most a window of steps before the present spikes. */
    private int recentRewinds(GuardState state) {
        long since = state.spikes().getFirst().step() - config.window();
        return Math.toIntExact(state.leftOut().rewinds().stream()
                .filter(rewind -> rewind.decidedAt() >= since)
                .count());
    }

    private static LeftOut.Rewind rewind(GuardState state, long step, int before, String reason) {
        List<Calm> calm = state.calm();
        boolean documentsDiffer = !state.spikes().stream().allMatch(Spike::wholly);
        int reach = before == 0 || documentsDiffer ? 0 : (int) Math.min(calm.size(), Math.pow(REACH_FACTOR, before));
        Stream<BlamedDocument> suspects =
                calm.subList(calm.size() - reach, calm.size()).stream().map(Calm::suspect);
        Stream<BlamedDocument> spiking =
                state.spikes().stream().map(Spike::documents).flatMap(List::stream);
        List<BlamedDocument> blamed = Stream.concat(suspects, spiking).toList();
        long first = blamed.stream().mapToLong(BlamedDocument::firstStep).min().orElseThrow();
        return new LeftOut.Rewind(step, first - 1, reason, eachOnce(blamed));
    }

    /** Each text once, with the greatest loss that it had. */
    private static List<BlamedDocument> eachOnce(List<BlamedDocument> blamed) {
        SequencedMap<String, BlamedDocument> byText = new LinkedHashMap<>();
        for (BlamedDocument document : blamed) {
            byText.merge(
                    document.contentHash(),
                    document,
                    (one, other) -> other.lossPerToken() > one.lossPerToken() ? other : one);
        }
        return List.copyOf(byText.values());
    }
}
