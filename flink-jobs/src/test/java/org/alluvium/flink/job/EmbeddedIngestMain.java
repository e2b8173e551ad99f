package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.ConfigLoader;

/** The embedded ingest in a process of its own, which ends with the test that has started it. */
final class EmbeddedIngestMain {

    private EmbeddedIngestMain() {}

    /** Runs it to its end; the arguments are the configuration, and keys over it. */
    public static void main(String[] args) {
        Lifeline.hold();
        List<String> keys = List.of(args).subList(1, args.length);
        System.exit(IngestProcess.run(ConfigLoader.load(Path.of(args[0]), keys), IngestOptions.DEFAULT)
                .code());
    }
}
