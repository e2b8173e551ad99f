package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.dashboard.lineage.CorpusIndex;
import org.alluvium.dashboard.lineage.CorpusIndex.State;
import org.alluvium.dashboard.lineage.DocumentSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the index over a corpus up to date. */
@Command(
        name = "index",
        description = {
            "Bring the index up to date by which 'trace doc' and the dashboard find documents.",
            "",
            "It is in the folder index/ of the corpus, or of this machine's cache where the corpus is in an object store, and"
                    + " holds hashes of names and their places. It is derived: deleted, it is made again when it is"
                    + " wanted. Its checksums are looked at first; what is damaged is made again."
        },
        footer = {
            "  ./alluvium corpus index --corpus .alluvium/demo/corpus",
            "  ./alluvium corpus index --rebuild --json"
        })
final class CorpusIndexCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(names = "--rebuild", description = "Make it anew, whatever is there.")
    private boolean rebuild;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        CorpusIndex index = new DocumentSearch(corpus.layout()).index();
        PrintWriter err = spec.commandLine().getErr();
        boolean damaged = !index.isWhole();
        if (damaged) {
            err.println("The index is damaged, and is made again");
            err.flush();
        }
        if (rebuild || damaged) {
            index.clear();
        }
        new IndexProgress(err).follow(index);
        if (!index.save()) {
            err.println("Another process is saving the index; what is new since then is saved by its next use");
            err.flush();
        }
        print(index.state());
        return ExitCode.OK.code();
    }

    private void print(State state) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(state));
        } else {
            out.printf(
                    "%s log entries, %s records, %s names, %s%n",
                    Units.count(state.entries()),
                    Units.count(state.records()),
                    Units.count(state.names()),
                    Units.bytes(state.bytes()));
        }
        out.flush();
    }
}
