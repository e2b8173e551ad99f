package org.alluvium.ingest.deadletter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;

/**
 * Parses the lines of {@link ReplaySource}: each as the record that it feeds back, by the parser of that record's own
 * source. Not thread-safe.
 */
public final class ReplayParser {

    private final Map<String, SourceConfig> sources = new HashMap<>();

    /** Made when the first record of a source comes back: of hardly any source one does. */
    private final Map<String, RecordParser> parsers = new HashMap<>();

    /** @param known the configured sources */
    public ReplayParser(List<SourceConfig> known) {
        known.forEach(source -> sources.put(source.name(), source));
    }

    /**
     * Exactly one result for every line, for what cannot be read of the folder, and for records of sources that are not
     * configured any more.
     *
     * @throws UnavailableException if something that the record's format needs is not there now
     */
    public Parsed parse(SourceRecord record) {
        if (!(record instanceof SourceRecord.Content line)) {
            return DeadLetter.of((SourceRecord.Failure) record);
        }
        SourceRecord.Content fedBack;
        try {
            fedBack = ReplaySource.recordOf(line.bytes());
        } catch (DataException damaged) {
            return DeadLetter.of(line, DeadLetterReason.NOT_JSON, damaged.getMessage());
        }
        SourceConfig source = sources.get(fedBack.source());
        if (source == null) {
            String detail = "the source " + fedBack.source() + " is not configured any more";
            return DeadLetter.of(fedBack, DeadLetterReason.SOURCE_UNKNOWN, detail);
        }
        return parsers.computeIfAbsent(source.name(), name -> RecordParser.of(source))
                .parse(fedBack);
    }
}
