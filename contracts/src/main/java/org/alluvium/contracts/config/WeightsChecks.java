package org.alluvium.contracts.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.CrossChecks.Report;
import org.alluvium.contracts.config.WeightsConfig.Weight;

/** Whether weights say for each source how often it is trained on, and say it once. */
final class WeightsChecks {

    private WeightsChecks() {}

    /** @param names of the sources that there are */
    static void run(WeightsConfig weights, Set<String> names, Report report) {
        Set<String> seen = new HashSet<>();
        List<Weight> sources = weights.sources();
        boolean complete = true;
        for (int i = 0; i < sources.size(); i++) {
            String key = "sources[" + i + "]";
            complete &= isNamed(sources.get(i), key, names, seen, report);
            complete &= hasAmount(sources.get(i), key, report);
        }
        if (sources.stream().anyMatch(source -> source.weight().isPresent())
                && weights.tokens().isEmpty()) {
            report.problem("tokens", "is missing", "the tokens of the training run, since weights are shares of it");
        } else if (complete) {
            weights.epochs().forEach((source, epochs) -> {
                if (epochs > WeightsConfig.MAX_EPOCHS) {
                    report.problem(
                            "sources",
                            "ask for " + Math.round(epochs) + " epochs of '" + source + "'",
                            "weights by which no source has more than " + Math.round(WeightsConfig.MAX_EPOCHS));
                }
            });
        }
    }

    private static boolean isNamed(Weight source, String key, Set<String> names, Set<String> seen, Report report) {
        if (!names.contains(source.source())) {
            report.problem(
                    key + ".source",
                    "is '" + source.source() + "', and no source is called so",
                    "one of " + names.stream().sorted().toList());
            return false;
        }
        if (!seen.add(source.source())) {
            report.problem(key + ".source", "is '" + source.source() + "' again", "every source once");
            return false;
        }
        return true;
    }

    private static boolean hasAmount(Weight source, String key, Report report) {
        if (source.epochs().isPresent() == source.weight().isPresent()) {
            report.problem(
                    key,
                    source.epochs().isPresent() ? "has both epochs and a weight" : "has neither epochs nor a weight",
                    "one of the two");
            return false;
        }
        if (source.weight().isPresent() != source.tokens().isPresent()) {
            report.problem(
                    key,
                    source.weight().isPresent() ? "has a weight but no tokens" : "has tokens but no weight",
                    "both, or neither");
            return false;
        }
        return true;
    }
}
