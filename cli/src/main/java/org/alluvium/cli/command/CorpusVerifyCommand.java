package org.alluvium.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.shard.ShardVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares every file of a corpus with what the log says of it. */
@Command(
        name = "verify",
        description = "Compare every file of the corpus with its digest in the log, and every row with its counts.",
        footer = "  ./alluvium corpus verify --corpus .alluvium/demo/corpus")
final class CorpusVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(names = "--digests-only", description = "Do not read the rows; a right digest is proof enough.")
    private boolean digestsOnly;

    private long problems;
    private long files;

    @Override
    public Integer call() {
        CorpusLayout layout = corpus.layout();
        ShardLog log = StoreShardLog.of(layout);
        PrintWriter out = spec.commandLine().getOut();
        long last = log.lastSequence().orElse(-1);
        for (long sequence = 0; sequence <= last; sequence++) {
            long at = sequence;
            check(out, () -> verify(layout, log.read(at), out));
        }
        out.printf(
                "%s entries, %s files: %s%n",
                Units.count(last + 1), Units.count(files), problems == 0 ? "whole" : problems + " damaged");
        out.flush();
        return problems == 0 ? ExitCode.OK.code() : ExitCode.DATA.code();
    }

    private void verify(CorpusLayout layout, LogEntry entry, PrintWriter out) {
        if (entry instanceof LogEntry.Commit commit) {
            for (ShardFile shard : commit.shards()) {
                check(out, () -> verify(layout.resolve(shard.path()), shard));
            }
            for (LogEntry.DeadLetterFile letters : commit.deadLetters()) {
                check(out, () -> verify(layout.resolve(letters.path()), letters));
            }
        }
    }

    private void verify(Path file, ShardFile shard) {
        files++;
        if (digestsOnly) {
            ShardVerifier.verifyDigest(file, shard);
        } else {
            ShardVerifier.verify(file, shard);
        }
    }

    private void verify(Path file, LogEntry.DeadLetterFile letters) {
        files++;
        try {
            String found = Sha256.of(file);
            if (!found.equals(letters.sha256())) {
                throw new DataException(
                        "SHA-256: the file has " + found + ", the log says " + letters.sha256(),
                        file.toString(),
                        "Restore it from a copy");
            }
        } catch (IOException e) {
            throw StorageException.of("read the dead letters", file, e);
        }
    }

    /** One damaged file does not keep the others from being looked at. */
    private void check(PrintWriter out, Runnable verification) {
        try {
            verification.run();
        } catch (AlluviumException e) {
            problems++;
            out.println(e.getMessage());
        }
    }
}
