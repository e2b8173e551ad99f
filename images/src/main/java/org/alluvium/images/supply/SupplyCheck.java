package org.alluvium.images.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.MismatchException;

/**
 * The step of the build that judges a distribution, and writes its bill of materials and its licences' texts into it. Arguments: the
 * distribution's folder, Maven's bills of materials with commas between, the folder with what has been reviewed, npm's lockfile, and the day for which
 * exemptions are judged.
 */
public final class SupplyCheck {

    private SupplyCheck() {}

    public static void main(String[] args) throws IOException {
        check(
                Path.of(args[0]),
                Stream.of(args[1].split(",")).map(Path::of).toList(),
                Path.of(args[2]),
                Path.of(args[3]),
                day(args[4]));
    }

    /**
     * Judges a distribution; it is written to only if there is nothing to say against it.
     *
     * @throws MismatchException with everything that is against it, and what to do
     */
    static void check(Path folder, List<Path> mavens, Path reviewed, Path lockfile, LocalDate today)
            throws IOException {
        Review review = Review.read(reviewed.resolve("licences.yaml"));
        Audit audit = Audit.read(reviewed.resolve("advisories.yaml"));
        Texts texts = new Texts(review, reviewed.resolve("texts"));
        Bill bill = Bill.read(mavens);
        Distribution distribution = Distribution.look(folder, bill, review, lockfile);
        List<Component> shipped = distribution.components();

        List<String> problems = Stream.of(
                        distribution.problems(), texts.problems(shipped), audit.problems(shipped, today))
                .flatMap(List::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new MismatchException(
                    problems.size() + " things that keep it from being shipped:\n  " + String.join("\n  ", problems)
                            + "\n",
                    folder.toString(),
                    "CONTRIBUTING.md says how a dependency is added");
        }
        Files.writeString(folder.resolve("THIRD-PARTY.txt"), texts.write(shipped));
        Files.writeString(
                Files.createDirectories(folder.resolve("sbom")).resolve("alluvium.cdx.json"),
                bill.complete(shipped, distribution.digests(), distribution.owners(), audit.findings(shipped)));
    }

    /** A day, or the day of a point in time. */
    private static LocalDate day(String text) {
        return LocalDate.parse(text.substring(0, "2026-11-23".length()));
    }
}
