package org.alluvium.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what was refused, and why. */
@Command(
        name = "deadletters",
        description = "Print the records that were refused: where each was read, why, and how it begins.",
        footer = {
            "  ./alluvium corpus deadletters --corpus .alluvium/demo/corpus",
            "  ./alluvium corpus deadletters --json | jq -r .reason | sort | uniq -c"
        })
final class CorpusDeadLettersCommand implements Callable<Integer> {

    private static final int SHOWN_CHARACTERS = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(names = "--json", description = "Print the stored JSON objects, one a line.")
    private boolean json;

    @Override
    public Integer call() {
        CorpusLayout layout = corpus.layout();
        PrintWriter out = spec.commandLine().getOut();
        for (LogEntry entry : StoreShardLog.of(layout).readFrom(0)) {
            if (entry instanceof LogEntry.Commit commit) {
                commit.deadLetters().forEach(file -> print(layout.resolve(file.path()), out));
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void print(Path file, PrintWriter out) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(json ? line : words(DeadLetterCodec.decode(line)));
            }
        } catch (IOException e) {
            throw StorageException.of("read the dead letters", file, e);
        }
    }

    private static String words(DeadLetter letter) {
        String excerpt = new String(letter.excerpt(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        String shown = excerpt.length() > SHOWN_CHARACTERS ? excerpt.substring(0, SHOWN_CHARACTERS) + "…" : excerpt;
        return "%s  %s  %s: %s%n    %s"
                .formatted(letter.source(), letter.origin(), letter.reason().code(), letter.detail(), shown);
    }
}
