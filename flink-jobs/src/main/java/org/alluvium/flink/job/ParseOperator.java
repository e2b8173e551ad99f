package org.alluvium.flink.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes a candidate or a dead letter of every record, and says before every checkpoint barrier, and at the end of input,
 * how many it has read. Since the count leaves ahead of the barrier like the records themselves, a restart takes back both
 * and nothing needs to be kept in state. Barriers must be aligned: the job does not enable unaligned checkpoints.
 */
final class ParseOperator extends AbstractStreamOperator<Outcome>
        implements OneInputStreamOperator<SourceRecord, Outcome> {

    private static final long serialVersionUID = 1L;

    /** The sources as {@link ConfigJson}: Flink carries only what is serializable. */
    private final List<String> sources;

    private transient Map<String, RecordParser> parsers;
    private transient Map<String, String> positions;
    private transient long read;

    ParseOperator(List<SourceConfig> sources) {
        this.sources = sources.stream().map(ConfigJson::write).toList();
    }

    @Override
    public void open() throws Exception {
        super.open();
        positions = new HashMap<>();
        parsers = sources.stream()
                .map(json -> ConfigJson.read(json, SourceConfig.class))
                .collect(Collectors.toMap(SourceConfig::name, RecordParser::of));
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> element) {
        SourceRecord record = element.getValue();
        read++;
        positions.put(record.source(), record.origin());
        Parsed parsed = parsers.get(record.source()).parse(record);
        output.collect(element.replace(outcome(parsed)));
    }

    private static Outcome outcome(Parsed parsed) {
        if (parsed instanceof ParsedDocument parsedDocument) {
            Document document = parsedDocument.document();
            return new Outcome.Candidate(ContentHasher.v1(document.text()), document);
        }
        if (parsed instanceof DeadLetter letter) {
            return new Outcome.Refused(letter);
        }
        throw new UnsupportedOperationException("documents cannot be deleted yet: " + parsed);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        report();
    }

    @Override
    public void finish() throws Exception {
        report();
        super.finish();
    }

    private void report() {
        if (read > 0) {
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            output.collect(new StreamRecord<>(new Outcome.Progress(subtask, read, positions)));
            positions.clear();
            read = 0;
        }
    }
}
