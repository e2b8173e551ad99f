package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.ingest.quality.KeepRule;
import org.alluvium.ingest.quality.QualityModel;
import org.alluvium.ingest.quality.QualityModelFile;
import org.alluvium.ingest.quality.ScoreTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows how a quality model scores two corpora. */
@Command(
        name = "eval",
        description =
                "Score the texts of two corpora: how well a quality model tells them apart, and how many it would keep.",
        footer = "  ./alluvium quality eval --model quality.model --reference essays --raw crawl")
final class QualityEvalCommand implements Callable<Integer> {

    private static final long ANY_SEED = 1; // which texts are taken where there are too many

    @Spec
    private CommandSpec spec;

    @Mixin
    private QualityTexts texts;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
    private Path model;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "9",
            description = "Shape of the Pareto distribution that decides what is kept (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        texts.check();
        if (!(alpha > 0)) {
            throw new ParameterException(spec.commandLine(), "--alpha must be greater than 0, not " + alpha);
        }
        PrintWriter err = spec.commandLine().getErr();
        QualityModel scorer = QualityModelFile.read(model);
        ScoreReport report = ScoreReport.of(
                scorer,
                new ScoreTable(new KeepRule.Pareto(alpha)),
                texts.reference(ANY_SEED, err),
                texts.raw(ANY_SEED, err));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report.facts()));
        } else {
            report.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
