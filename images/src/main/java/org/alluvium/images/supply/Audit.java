package org.alluvium.images.supply;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Advisories that somebody has read and judged: {@code images/supply/advisories.yaml}. Its comments explain it to whoever changes it.
 *
 * @param reviewed the day on which sources were last read
 */
record Audit(String reviewed, List<Advisory> advisories) {

    /**
     * One advisory for one package; one that names several packages has several entries.
     *
     * @param packages purl without version
     * @param affected as {@link VersionRange}
     * @param fixed the version that mends it, or "none"
     * @param source where all this was read
     * @param what it is, in our words
     * @param exemption why an affected version is shipped; absent if none is
     */
    record Advisory(
            String id,
            List<String> packages,
            String affected,
            String fixed,
            Severity severity,
            String source,
            String what,
            Exemption exemption) {}

    /** As the source has it; unknown if it says none. */
    enum Severity {
        low,
        medium,
        high,
        critical,
        unknown
    }

    /**
     * Why an affected version is shipped.
     *
     * @param justification in the words of CycloneDX's {@code impactAnalysisJustification}, such as {@code code_not_reachable}
     * @param until the day from which it is to be looked at again
     */
    record Exemption(String justification, String reason, String until) {}

    /** A component that lies in the range of an advisory. */
    record Finding(Advisory advisory, Component component) {

        /** Says it in the words of CycloneDX: known, and why it does no harm. */
        void describe(ObjectNode vulnerability, String ref) {
            vulnerability.put("bom-ref", advisory.id() + "@" + ref).put("id", advisory.id());
            vulnerability.putObject("source").put("url", advisory.source());
            vulnerability
                    .putArray("ratings")
                    .addObject()
                    .put("severity", advisory.severity().name());
            vulnerability.put("description", advisory.what());
            vulnerability
                    .putObject("analysis")
                    .put("state", "not_affected")
                    .put("justification", advisory.exemption().justification())
                    .put("detail", advisory.exemption().reason());
            vulnerability.putArray("affects").addObject().put("ref", ref);
        }
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if a key is unknown, or a range, a severity or a day is none
     */
    static Audit read(Path file) throws IOException {
        Audit audit = Review.yaml(file, new TypeReference<>() {});
        for (Advisory advisory : audit.advisories()) {
            VersionRange.parse(advisory.affected());
            if (advisory.exemption() != null) {
                LocalDate.parse(advisory.exemption().until());
            }
        }
        return audit;
    }

    /** Components and their parts that lie in the range of an advisory, each once. */
    List<Finding> findings(List<Component> shipped) {
        List<Component> all =
                shipped.stream().flatMap(Component::all).filter(distinctPurls()).toList();
        List<Finding> findings = new ArrayList<>();
        for (Advisory advisory : advisories) {
            VersionRange affected = VersionRange.parse(advisory.affected());
            all.stream()
                    .filter(it -> advisory.packages().contains(it.identity()) && affected.contains(it.version()))
                    .forEach(it -> findings.add(new Finding(advisory, it)));
        }
        return findings;
    }

    /**
     * What must not be shipped as it is, and what to do.
     *
     * @param today the day for which it is judged
     */
    List<String> problems(List<Component> shipped, LocalDate today) {
        List<String> problems = new ArrayList<>();
        List<Finding> findings = findings(shipped);
        for (Finding finding : findings) {
            Advisory advisory = finding.advisory();
            String who = finding.component().name() + " " + finding.component().version() + ": " + advisory.id() + " ("
                    + advisory.severity() + ", " + advisory.source() + ") affects " + advisory.affected();
            if (advisory.exemption() == null) {
                problems.add(who + ". Take " + advisory.fixed()
                        + ", or say in advisories.yaml why it does not touch us, and until when");
            } else if (!today.isBefore(LocalDate.parse(advisory.exemption().until()))) {
                problems.add(who + ", and its exemption has ended on "
                        + advisory.exemption().until()
                        + ". Take a mended version, or look again and move the day in advisories.yaml");
            }
        }
        advisories.stream()
                .filter(it -> it.exemption() != null
                        && findings.stream().noneMatch(found -> found.advisory().equals(it)))
                .forEach(it -> problems.add(
                        it.id() + " has an exemption in advisories.yaml, but touches nothing. Remove the exemption"));
        return problems;
    }

    private static Predicate<Component> distinctPurls() {
        Set<String> seen = new HashSet<>();
        return it -> seen.add(it.purl());
    }
}
