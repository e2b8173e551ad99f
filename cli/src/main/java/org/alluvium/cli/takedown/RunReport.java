package org.alluvium.cli.takedown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.journal.Inheritance;
import org.alluvium.trainer.journal.LearnedFrom;

/**
 * What is said of one run.
 *
 * @param run or a branch of one
 * @param learned what it has of the documents
 * @param takedown sequence of the takedown; empty if nothing is taken down yet
 */
record RunReport(RunLayout run, LearnedFrom learned, OptionalLong takedown) {

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (learned.steps().isEmpty()) {
            lines.add(run.root() + ": no step that counts learned from them");
        } else {
            lines.add(run.root() + ": learned from " + Units.count(learned.documents()) + " of them in "
                    + steps(learned.steps()));
        }
        lines.addAll(beginning(learned.inherited()));
        if (!learned.isNothing()) {
            lines.add("  held by "
                    + (learned.holding().isEmpty() ? "no checkpoint" : "checkpoints " + learned.holding()));
            lines.add("  " + wayBack());
        }
        return lines;
    }

    private static String steps(List<Long> steps) {
        return count(steps.size()) + ", " + steps.getFirst() + (steps.size() == 1 ? "" : " to " + steps.getLast());
    }

    private static String count(long steps) {
        return Units.count(steps) + (steps == 1 ? " step" : " steps");
    }

    private static List<String> beginning(Inheritance inherited) {
        if (inherited.model().isEmpty()) {
            return List.of();
        }
        String began = "  began with " + inherited.model().get() + ", ";
        if (inherited.holds()) {
            return List.of(began + "which holds them by step " + inherited.step() + " of "
                    + inherited.maker().orElseThrow().root() + ": " + steps(inherited.steps()));
        }
        return List.of(began
                + inherited
                        .maker()
                        .map(maker -> "which holds none by step " + inherited.step() + " of " + maker.root())
                        .orElse("and none of the runs named here is known to have made it"));
    }

    private String wayBack() {
        if (learned.clean().isEmpty()) {
            String instead = learned.inherited().holds()
                    ? "another train.run begins with another model, "
                    : isBranch()
                            ? "delete the branch and begin another once the run has gone back, "
                            : "another train.run begins anew, ";
            return "no checkpoint is without them: " + instead + again();
        }
        long clean = learned.clean().get().step();
        return "the last checkpoint without them is of step " + clean + ": 'alluvium train --from " + clean + through()
                + "'" + (isBranch() ? " with the branch's settings" : "") + " learns " + again();
    }

    private boolean isBranch() {
        return run.root().getParent().endsWith("branches");
    }

    /** A run goes back to a checkpoint once, or once for each takedown that is named. */
    private String through() {
        if (!learned.wentBack()) {
            return "";
        }
        return " --through " + (takedown.isPresent() ? takedown.getAsLong() : "TAKEDOWN");
    }

    private String again() {
        String again = count(learned.stepsAgain()) + " again, " + Units.count(learned.tokensAgain()) + " tokens";
        return learned.secondsAgain().isPresent()
                ? again + ", in about " + words(learned.secondsAgain().getAsDouble())
                : again;
    }

    private static String words(double seconds) {
        return Units.duration(Duration.ofMillis(Math.round(seconds * 1e3)));
    }

    /** For programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.root().toString());
        fields.put("documents", learned.documents());
        fields.put("steps", learned.steps());
        learned.inherited().model().ifPresent(model -> fields.put("initFrom", model.toString()));
        learned.inherited()
                .maker()
                .ifPresent(maker -> fields.put(
                        "inherited",
                        Map.of(
                                "run",
                                maker.root().toString(),
                                "step",
                                learned.inherited().step(),
                                "steps",
                                learned.inherited().steps())));
        fields.put("checkpoints", learned.holding());
        learned.clean().ifPresent(clean -> fields.put("clean", clean.step()));
        if (learned.wentBack() && takedown.isPresent()) {
            fields.put("through", takedown.getAsLong());
        }
        fields.put("stepsAgain", learned.stepsAgain());
        fields.put("tokensAgain", learned.tokensAgain());
        learned.secondsAgain().ifPresent(seconds -> fields.put("secondsAgain", seconds));
        return fields;
    }
}
