package org.alluvium.bench.soak;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One look at everything.
 *
 * @param minute since the beginning
 * @param committed documents in the log
 * @param ingest the process, if it ran
 * @param broker the process, if it ran
 * @param disk what lies in the corpus folder
 * @param restarts of the ingest process so far
 */
record Sample(
        double minute,
        long committed,
        Optional<ProcessProbe.Reading> ingest,
        Optional<ProcessProbe.Reading> broker,
        Disk disk,
        int restarts) {

    /**
     * What lies in the corpus folder, in bytes.
     *
     * @param state completed Flink checkpoints that are kept
     * @param working the state that the job works on, and its other scratch files
     * @param log the shard log
     * @param events what ingest reports
     * @param processLogs what it logs
     * @param waiting files of input that have not been deleted
     */
    record Disk(FolderSize state, FolderSize working, FolderSize log, long events, long processLogs, long waiting) {}

    /** As the members of a line of JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("minute", minute);
        fields.put("documents", committed);
        ingest.ifPresent(reading -> fields.put("ingest", reading));
        broker.ifPresent(reading -> fields.put("broker", reading));
        fields.put("disk", disk);
        fields.put("restarts", restarts);
        return fields;
    }
}
