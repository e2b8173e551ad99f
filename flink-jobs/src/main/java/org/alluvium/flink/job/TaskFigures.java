package org.alluvium.flink.job;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a task is busy with, at one moment.
 *
 * @param task operators that run as one, as Flink names them: {@code Source: Read files -> Arrive -> Judge}
 * @param subtasks how many of them run
 * @param millis of a second, in steps of ten: the mean of the subtasks and the largest of them, by name
 * @param rates records a second that go into an operator and come out of it, of all subtasks, by the operator's name
 */
record TaskFigures(String task, int subtasks, Map<String, List<Double>> millis, Map<String, List<Double>> rates) {

    /** A tenth of a second is seen. */
    private static final double MUCH_MILLIS = 100;

    /** So much of a rate is seen, and a record a second at least. */
    private static final double MUCH = 0.25;

    private static final String SOURCE = "Source: ";
    private static final String CHAINED = " -> ";
    private static final Map<String, String> STAGES = Map.of(
            "Arrive", "read",
            "Ask host", "judge",
            "Know host", "judge",
            "Cut lines", "judge",
            "Judge", "judge",
            "Mix", "tokenize",
            "Tokenize", "tokenize",
            "Write shards", "write",
            "Commit to the log", "commit");

    /** Whether somebody who looks would see that these are other figures. */
    boolean farFrom(TaskFigures before) {
        return subtasks != before.subtasks
                || differ(millis, before.millis, MUCH_MILLIS, 0)
                || differ(rates, before.rates, 1, MUCH);
    }

    private static boolean differ(
            Map<String, List<Double>> now, Map<String, List<Double>> before, double atLeast, double share) {
        return !now.keySet().equals(before.keySet())
                || now.keySet().stream().anyMatch(name -> differ(now.get(name), before.get(name), atLeast, share));
    }

    private static boolean differ(List<Double> now, List<Double> before, double atLeast, double share) {
        for (int i = 0; i < now.size(); i++) {
            double larger = Math.max(now.get(i), before.get(i));
            if (Math.abs(now.get(i) - before.get(i)) >= Math.max(atLeast, share * larger)) {
                return true;
            }
        }
        return false;
    }

    /** The fields of the event that tells them, see {@link TaskReporter}. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", task);
        fields.put("stages", stages());
        fields.put("subtasks", subtasks);
        millis.forEach((name, values) ->
                fields.put(name, values.stream().map(Math::round).toList()));
        fields.put("recordsPerSecond", new TreeMap<>(rates));
        return fields;
    }

    /** Operators that compare documents with others have names of several kinds; all others are known. */
    private Set<String> stages() {
        Set<String> stages = new LinkedHashSet<>();
        for (String operator : task.split(CHAINED, -1)) {
            stages.add(operator.startsWith(SOURCE) ? "read" : STAGES.getOrDefault(operator, "dedup"));
        }
        return stages;
    }
}
