package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.ingest.quality.Features;
import org.alluvium.ingest.quality.KeepRule;
import org.alluvium.ingest.quality.QualityModel;
import org.alluvium.ingest.quality.QualityModelFile;
import org.alluvium.ingest.quality.QualityTrainer;
import org.alluvium.ingest.quality.ScoreTable;
import org.alluvium.ingest.quality.TextSample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a quality model. */
@Command(
        name = "train",
        description = {
            "Train a quality model: which texts are like those of a reference corpus, rather than like raw ones.",
            "A tenth of the texts is kept back to see how well it does. The same texts and options make the same model,"
                    + " in whatever order the texts come."
        },
        footer = {
            "  ./alluvium quality train --reference books --raw crawl --output quality.model",
            "then set filters.quality.model: quality.model in alluvium.yaml."
        })
final class QualityTrainCommand implements Callable<Integer> {

    private static final int HELD_OUT = 10; // one of so many

    @Spec
    private CommandSpec spec;

    @Mixin
    private QualityTexts texts;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "Writes the model to this new file.")
    private Path output;

    @Option(
            names = "--features",
            paramLabel = "KIND",
            defaultValue = "words",
            description =
                    "What is looked at: words, as in GPT-3, or pairs of words as well, as in fastText (words, pairs;"
                            + " default: ${DEFAULT-VALUE}).")
    private Features features;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Passes over the texts (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides which texts are taken, and their order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        texts.check();
        if (passes < 1) {
            throw new ParameterException(spec.commandLine(), "--passes must be at least 1, not " + passes);
        }
        PrintWriter err = spec.commandLine().getErr();
        List<TextSample.Text> reference = texts.reference(seed, err);
        List<TextSample.Text> raw = texts.raw(seed, err);
        QualityTrainer trainer = new QualityTrainer(
                QualityTrainer.Plan.of(features).withPasses(passes).withSeed(seed));
        learned(reference).forEach(text -> trainer.add(text.hash(), text.text(), true));
        learned(raw).forEach(text -> trainer.add(text.hash(), text.text(), false));
        QualityModel model = trainer.train();
        String digest = QualityModelFile.write(model, output);
        print(digest, ScoreReport.of(model, new ScoreTable(KeepRule.GPT3), heldOut(reference), heldOut(raw)));
        return ExitCode.OK.code();
    }

    /** Texts are in the order of what they drew, so the first of them are any of them. */
    private static List<TextSample.Text> heldOut(List<TextSample.Text> all) {
        return all.subList(0, all.size() / HELD_OUT);
    }

    private static List<TextSample.Text> learned(List<TextSample.Text> all) {
        return all.subList(all.size() / HELD_OUT, all.size());
    }

    private void print(String digest, ScoreReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("model", output.toString());
            facts.put("digest", digest);
            facts.putAll(report.facts());
            out.println(Json.text(facts));
        } else {
            out.printf("%s: digest %s%nOf the texts that were kept back:%n%n", output, digest);
            report.print(out);
        }
        out.flush();
    }
}
