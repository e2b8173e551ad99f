package org.alluvium.contracts.config;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.CrossChecks.Report;
import org.alluvium.contracts.config.SourceConfig.Format;

/** Whether the source that the gateway is to feed can read what it writes. */
final class GatewayChecks {

    private static final String KEY = "gateway.source";

    private GatewayChecks() {}

    static void run(AlluviumConfig config, Report report) {
        config.gateway().source().ifPresent(name -> {
            List<SourceConfig> sources = config.sources();
            Optional<SourceConfig> source = sources.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst();
            source.ifPresentOrElse(
                    found -> source(found, report),
                    () -> report.problem(
                            KEY,
                            "is '" + name + "', and no source is called so",
                            "one of " + sources.stream().map(SourceConfig::name).toList()));
        });
    }

    private static void source(SourceConfig source, Report report) {
        String is = "is '" + source.name() + "', ";
        if (source.format() != Format.JSONL) {
            report.problem(KEY, is + "which is not of format jsonl", "a source of format jsonl");
        }
        source.path().ifPresent(place -> {
            if (place.folder().isEmpty()) {
                report.problem(KEY, is + "which is not a local folder", "a source with a folder or a Kafka topic");
            }
            if (source.files().after() != FilesConfig.After.DELETE) {
                report.problem(KEY, is + "whose folder would only grow", "a source with files.after: delete");
            }
            if (source.files().complete() == FilesConfig.Complete.SUCCESS_FILE) {
                report.problem(KEY, is + "which waits for a file _SUCCESS", "a source with files.complete: renamed");
            }
        });
        source.kafka()
                .filter(kafka -> kafka.topics().size() != 1)
                .ifPresent(kafka ->
                        report.problem(KEY, is + "which does not name exactly one topic", "a source with one topic"));
    }
}
