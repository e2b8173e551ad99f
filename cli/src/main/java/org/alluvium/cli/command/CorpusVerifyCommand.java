package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.alluvium.cli.corpus.CorpusVerifier;
import org.alluvium.cli.corpus.Verification;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares every file of a corpus with what the log says of it. */
@Command(
        name = "verify",
        description = "Compare every file of the corpus with its digest in the log, and every row with its counts.",
        footer = {
            "  ./alluvium corpus verify --corpus .alluvium/demo/corpus",
            "  ./alluvium corpus verify --digests-only --json",
            "  ./alluvium corpus verify --quick"
        })
final class CorpusVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(names = "--digests-only", description = "Do not read the rows; a right digest is proof enough.")
    private boolean digestsOnly;

    @Option(
            names = "--quick",
            description =
                    "Only look whether the files are there and have their size; an object store is asked for lists alone.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Verification found = new CorpusVerifier(corpus.layout(), depth()).verify();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(found));
        } else {
            found.damages().forEach(out::println);
            out.printf(
                    "%s entries, %s files, %s documents%s, %s tokens: %s%n",
                    Units.count(found.entries()),
                    Units.count(found.files()),
                    Units.count(found.documents()),
                    found.holes() == 0 ? "" : " (" + Units.count(found.holes()) + " taken down)",
                    Units.count(found.tokens()),
                    found.isWhole() ? "whole" : found.damages().size() + " damages");
        }
        out.flush();
        return found.isWhole() ? ExitCode.OK.code() : ExitCode.DATA.code();
    }

    private CorpusVerifier.Depth depth() {
        if (quick) {
            return CorpusVerifier.Depth.SIZES;
        }
        return digestsOnly ? CorpusVerifier.Depth.DIGESTS : CorpusVerifier.Depth.ROWS;
    }
}
