package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.cli.scale.Sheet;
import org.alluvium.cli.scale.SheetFile;
import org.alluvium.cli.scale.SheetText;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a corpus would take. */
@Command(
        name = "corpus",
        description = {
            "Say what a corpus of any size takes, and training on it: state, machines, network, log, requests, cost.",
            "",
            "Every line shows its formula, the formula with figures, and the result. Figures name their sources in --json;",
            "prices are inputs as well."
        },
        footer = {
            "  ./alluvium estimate corpus",
            "  ./alluvium estimate corpus --set documents=1e9 --set tokensPerDocument=700 --set checkpointInterval=2",
            "  ./alluvium estimate corpus --inputs prices.yaml --json"
        })
final class EstimateCorpusCommand implements Callable<Integer> {

    @Mixin
    private SheetOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Sheet sheet = options.on(SheetFile.builtIn(SheetFile.CORPUS));
        List<Sheet.Result> results = sheet.compute();
        PrintWriter out = spec.commandLine().getOut();
        out.println(options.json() ? Json.text(SheetText.json(sheet, results)) : SheetText.lines(results));
        out.flush();
        return ExitCode.OK.code();
    }
}
