package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.supervise.ParentWatch;
import org.alluvium.contracts.config.Location;
import org.alluvium.flink.job.IngestOptions;
import org.alluvium.flink.job.IngestProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the ingest job in this process. */
@Command(
        name = "ingest",
        description = {
            "Read the sources, deduplicate, tokenize, and publish shards, until they end or Ctrl-C.",
            "",
            "Goes on from the newest checkpoint of the corpus. The log is logs/ingest.log beside the configuration."
        },
        footer = "  ./alluvium ingest --config alluvium.yaml")
final class IngestCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--continue-corpus",
            description =
                    "Go on with a corpus whose own job state is lost; documents that come again are accepted again.")
    private boolean continueCorpus;

    @Option(
            names = "--restore-from",
            paramLabel = "DIR",
            description = "Go on from this Flink checkpoint or savepoint instead of the corpus's newest checkpoint.")
    private Optional<String> restoreFrom = Optional.empty();

    @Override
    public Integer call() {
        ProcessLog.startBeside(options.file(), "ingest");
        ParentWatch.startIfSupervised();
        return IngestProcess.run(
                        options.load(),
                        new IngestOptions(restoreFrom.map(text -> Location.parse(text, Path.of(""))), continueCorpus))
                .code();
    }
}
