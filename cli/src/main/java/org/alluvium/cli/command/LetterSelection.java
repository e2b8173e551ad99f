package org.alluvium.cli.command;

import java.util.List;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Which dead letters a command is about, by what they say of themselves. */
final class LetterSelection {

    @Option(names = "--source", paramLabel = "NAME", description = "Only those of this source. Can be repeated.")
    private List<String> sources = List.of();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            converter = ReasonConverter.class,
            description = "Only those refused for this reason, such as not_json. Can be repeated.")
    private List<DeadLetterReason> reasons = List.of();

    boolean isEmpty() {
        return sources.isEmpty() && reasons.isEmpty();
    }

    boolean holds(DeadLetter letter) {
        return (sources.isEmpty() || sources.contains(letter.source()))
                && (reasons.isEmpty() || reasons.contains(letter.reason()));
    }

    /** Reasons by their codes. */
    static final class ReasonConverter implements ITypeConverter<DeadLetterReason> {

        @Override
        public DeadLetterReason convert(String code) {
            return DeadLetterReason.ofCode(code);
        }
    }
}
