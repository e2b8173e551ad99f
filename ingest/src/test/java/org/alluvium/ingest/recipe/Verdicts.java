package org.alluvium.ingest.recipe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.FilterChain.Opinion;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.near.BandKeys;
import org.alluvium.ingest.text.ContentHasher;

/**
 * Everything that a recipe says of {@link VerdictCorpus}, in lines of text, numbers to the last bit: to be compared with
 * what another Java says.
 */
final class Verdicts {

    private Verdicts() {}

    /**
     * Writes the lines.
     *
     * @param args the file to write, and configurations
     */
    public static void main(String[] args) throws IOException {
        List<Path> configs = Stream.of(args).skip(1).map(Path::of).toList();
        Files.write(Path.of(args[0]), of(configs), StandardCharsets.UTF_8);
    }

    static List<String> of(List<Path> configs) {
        return configs.stream().flatMap(config -> of(config).stream()).toList();
    }

    private static List<String> of(Path config) {
        FilterChain chain = Recipe.of(ConfigLoader.load(config, List.of()).filters());
        BandKeys near = new BandKeys(BandKeys.Bands.FINEWEB, Compare.BODY);
        List<String> lines = new ArrayList<>();
        for (Document document : VerdictCorpus.documents()) {
            lines.add(line(chain.judge(document), near));
            for (Opinion opinion : chain.explain(document).opinions()) {
                lines.add(line(document, opinion));
            }
        }
        return lines;
    }

    private static String line(Judgement judgement, BandKeys near) {
        Subject subject = judgement.subject();
        StringJoiner line = new StringJoiner(" ");
        line.add(subject.document().id());
        line.add(
                judgement instanceof Judgement.Rejected rejected
                        ? rejected.filter() + "." + rejected.drop().reason()
                        : "passes");
        line.add(ContentHasher.v1(subject.text()).toString());
        line.add(subject.language().orElse("unknown"));
        line.add(bits(subject.languageConfidence().orElse(-1)));
        line.add(bits(subject.quality().orElse(-1)));
        line.add(new TreeMap<>(judgement.edits()).toString());
        line.add(Integer.toHexString(Arrays.hashCode(near.of(subject.text()))));
        return line.toString();
    }

    private static String line(Document document, Opinion opinion) {
        StringJoiner line = new StringJoiner(" ");
        line.add(document.id()).add(opinion.filter());
        for (Finding finding : opinion.findings()) {
            line.add(finding.rule() + "=" + bits(finding.value()));
        }
        if (opinion.decision() instanceof Decision.Drop drop) {
            line.add(drop.reason()).add(drop.detail());
        }
        return line.toString();
    }

    private static String bits(double value) {
        return Double.toHexString(value);
    }
}
