package org.alluvium.cli.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.alluvium.cli.chaos.plan.FaultKind;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Percentiles;
import org.alluvium.cli.chaos.proof.Recovery;
import org.alluvium.contracts.error.StorageException;

/**
 * What came of a run.
 *
 * @param seconds it took, start and proof included
 * @param figures what was counted, by name
 */
public record Report(
        ChaosOptions options,
        double seconds,
        Map<String, Object> figures,
        List<Recovery> recoveries,
        List<Claim> claims) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Report {
        recoveries = List.copyOf(recoveries);
        claims = List.copyOf(claims);
    }

    /** Whether all of it holds. */
    public boolean proved() {
        return claims.stream().allMatch(Claim::holds);
    }

    /** Writes {@code chaos.md} and {@code chaos.json} into a folder. */
    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("chaos.md"), markdown());
            Files.writeString(
                    folder.resolve("chaos.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields()) + "\n");
        } catch (IOException e) {
            throw StorageException.of("write the report", folder, e);
        }
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("proved", proved());
        fields.put("seed", options.seed());
        fields.put("minutes", options.minutes());
        fields.put("recordsPerSecond", options.rate());
        fields.put("seconds", seconds);
        fields.put("figures", figures);
        fields.put("claims", claims);
        Map<String, Object> kinds = new LinkedHashMap<>();
        groups().forEach((words, group) -> kinds.put(words, percentiles(group, Recovery::seconds)));
        fields.put("recoverySeconds", kinds);
        fields.put("faults", recoveries.stream().map(Report::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Recovery recovery) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", recovery.fault().number());
        fields.put("kind", recovery.fault().kind().words());
        fields.put("target", recovery.fault().target().word());
        fields.put("holdSeconds", recovery.fault().hold().toMillis() / 1e3);
        fields.put("overlaps", recovery.fault().overlaps());
        fields.put("atSeconds", recovery.atSeconds());
        recovery.commitSeconds().ifPresent(seconds -> fields.put("commitSeconds", seconds));
        recovery.stepSeconds().ifPresent(seconds -> fields.put("stepSeconds", seconds));
        recovery.answerSeconds().ifPresent(seconds -> fields.put("answerSeconds", seconds));
        fields.put("complaints", recovery.complaints());
        return fields;
    }

    /** Of each kind, and below it of each of its targets. */
    private Map<String, List<Recovery>> groups() {
        Map<String, List<Recovery>> groups = new LinkedHashMap<>();
        for (FaultKind kind : FaultKind.values()) {
            List<Recovery> ofKind = recoveries.stream()
                    .filter(each -> each.fault().kind() == kind)
                    .toList();
            if (!ofKind.isEmpty()) {
                groups.put(kind.words(), ofKind);
                kind.targets()
                        .forEach(target -> ofKind.stream()
                                .filter(each -> each.fault().target() == target)
                                .forEach(each -> groups.computeIfAbsent(
                                                kind.words() + ": " + target.word(), words -> new ArrayList<>())
                                        .add(each)));
            }
        }
        return groups;
    }

    private static Percentiles percentiles(List<Recovery> group, Function<Recovery, OptionalDouble> seconds) {
        return Percentiles.of(group.stream().map(seconds).flatMapToDouble(OptionalDouble::stream));
    }

    /** For people. */
    String markdown() {
        StringBuilder text = new StringBuilder("# Chaos, seed " + options.seed() + "\n\n");
        text.append(proved() ? "Everything is proved." : "**Not everything is proved.**")
                .append(" %d faults in a run of %.1f minutes, %s records a second.\n\n"
                        .formatted(recoveries.size(), seconds / 60, number(options.rate())));
        text.append("| | what was to be proved | figures |\n|---|---|---|\n");
        for (Claim claim : claims) {
            text.append(
                    "| %s | %s | %s |\n".formatted(claim.holds() ? "yes" : "**NO**", claim.claim(), claim.detail()));
        }
        claims.stream()
                .filter(claim -> !claim.holds())
                .forEach(claim -> text.append("\nAgainst \"%s\":\n\n".formatted(claim.claim()))
                        .append(String.join(
                                "",
                                claim.ids().stream()
                                        .map(id -> "- " + id.replace('\n', ' ') + "\n")
                                        .toList())));
        text.append("\n| counted | |\n|---|--:|\n");
        figures.forEach((name, value) -> text.append("| %s | %s |\n".formatted(name, value)));
        text.append("""

                ## Time to recover

                Seconds from when a fault begins, its own duration included, to the first commit of documents and the first new step
                after it is over; of the dashboard, to its first answer. Whole is the later of them.

                | fault | times | commit p50 | p95 | step p50 | p95 | whole p50 | p95 | longest |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        groups().forEach((words, group) -> text.append(row(words, group)));
        text.append("\n## Schedule\n\n| | at s | fault | commit | step | answer |\n|--:|--:|---|--:|--:|--:|\n");
        for (Recovery each : recoveries) {
            text.append("| %d | %.0f | %s%s | %s | %s | %s |\n"
                    .formatted(
                            each.fault().number(),
                            each.atSeconds(),
                            each.fault().words(),
                            each.fault().overlaps() ? " (overlaps)" : "",
                            figure(each.commitSeconds()),
                            figure(each.stepSeconds()),
                            figure(each.answerSeconds())));
        }
        return text.toString();
    }

    private static String row(String words, List<Recovery> group) {
        Percentiles commit = percentiles(group, Recovery::commitSeconds);
        Percentiles step = percentiles(group, Recovery::stepSeconds);
        Percentiles whole = percentiles(group, Recovery::seconds);
        return "| %s | %d | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        words,
                        group.size(),
                        figure(commit, commit.p50()),
                        figure(commit, commit.p95()),
                        figure(step, step.p50()),
                        figure(step, step.p95()),
                        figure(whole, whole.p50()),
                        figure(whole, whole.p95()),
                        figure(whole, whole.max()));
    }

    private static String figure(Percentiles of, double figure) {
        return of.count() == 0 ? "" : number(figure);
    }

    private static String figure(OptionalDouble seconds) {
        return seconds.isPresent() ? number(seconds.getAsDouble()) : "";
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }
}
