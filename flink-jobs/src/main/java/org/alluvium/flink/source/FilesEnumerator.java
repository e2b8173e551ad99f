package org.alluvium.flink.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.flink.source.PendingSplits.Backlog;
import org.alluvium.ingest.file.FileRef;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for files at intervals, off the coordinator's thread, and hands out what the {@link SplitCatalog} makes of them.
 * A folder that cannot be read is warned about once and looked at again.
 */
final class FilesEnumerator implements SplitEnumerator<FileSplit, CatalogState> {

    private static final Logger LOG = LoggerFactory.getLogger(FilesEnumerator.class);

    private final SplitEnumeratorContext<FileSplit> context;
    private final SplitCatalog catalog;
    private final Discovery discovery;
    private final Duration interval;
    private final InstantSource clock;

    /** Sources that are read once. */
    private final Set<String> bounded = new HashSet<>();

    /** Sources that may still bring more than what the catalog has. */
    private final Set<String> open = new HashSet<>();

    /** Readers without work, with the sources that rest there. */
    private final TreeMap<Integer, Set<String>> waiting = new TreeMap<>();

    private final Map<String, List<String>> lastProblems = new HashMap<>();

    /** By checkpoint, the files whose reading it has as a whole and that are to be deleted once it is complete. */
    private final TreeMap<Long, List<FileRef>> readAsOf = new TreeMap<>();

    // Written by the coordinator's thread, read by the metric reporters'.
    private volatile long pendingSplits;
    private volatile long knownFiles;
    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();

    FilesEnumerator(
            SplitEnumeratorContext<FileSplit> context,
            SplitCatalog catalog,
            List<Folder> folders,
            Duration interval,
            InstantSource clock) {
        this.context = context;
        this.catalog = catalog;
        this.discovery = new Discovery(folders);
        this.interval = interval;
        this.clock = clock;
        folders.forEach(folder -> {
            open.add(folder.source());
            if (!folder.follow()) {
                bounded.add(folder.source());
            }
            backlogs.put(folder.source(), catalog.backlog(folder.source()));
        });
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> pendingSplits);
        IngestMetrics.tell(context.metricGroup(), IngestMetrics.KNOWN_FILES, () -> knownFiles);
        backlogs.keySet().forEach(this::registerBacklog);
        context.callAsync(discovery, this::discovered, 0, Math.max(1, interval.toMillis()));
    }

    private void registerBacklog(String source) {
        MetricGroup group = context.metricGroup();
        IngestMetrics.tell(
                group, IngestMetrics.PENDING_SPLITS, () -> backlogs.get(source).splits(), source);
        IngestMetrics.tell(
                group, IngestMetrics.PENDING_BYTES, () -> backlogs.get(source).bytes(), source);
        IngestMetrics.tell(
                group, IngestMetrics.OLDEST_PENDING, () -> backlogs.get(source).oldestMillis() / 1e3, source);
    }

    private void discovered(List<Discovery.Listing> listings, Throwable defect) {
        if (defect != null) {
            throw new IllegalStateException("looking for files failed", defect);
        }
        List<FileRef> present = new ArrayList<>();
        listings.forEach(listing -> present.addAll(listing.files()));
        catalog.discover(present, clock.instant());
        for (Discovery.Listing listing : listings) {
            warnOnce(listing);
            if (listing.readable()) {
                catalog.forget(listing.source(), listing.files(), discovery::isGone);
                closeIfComplete(listing.source());
            }
        }
        serve();
    }

    private void closeIfComplete(String source) {
        if (bounded.contains(source) && !catalog.isSettling(source)) {
            discovery.close(source);
            open.remove(source);
        }
    }

    private void warnOnce(Discovery.Listing listing) {
        List<String> last = lastProblems.put(listing.source(), listing.problems());
        if (!listing.problems().isEmpty() && !listing.problems().equals(last)) {
            LOG.warn("Source {}: cannot look for files, will try again: {}", listing.source(), listing.problems());
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        request(subtask, Set.of());
    }

    private void request(int subtask, Set<String> resting) {
        waiting.put(subtask, resting);
        serve();
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int subtask) {
        // The reader that asked is gone; the one that takes its place asks for itself.
        waiting.remove(subtask);
        catalog.putBack(splits);
        serve();
    }

    @Override
    public void addReader(int subtask) {
        // A reader without work asks for it.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SplitRequested requested) {
            request(subtask, requested.resting());
        } else if (event instanceof SplitFinished finished) {
            catalog.finished(finished.split());
            context.sendEventToSourceReader(
                    subtask, new FinishAcknowledged(finished.split().sequence()));
        } else {
            throw new IllegalArgumentException("readers of files do not send " + event);
        }
    }

    private void serve() {
        waiting.keySet().retainAll(context.registeredReaders().keySet());
        waiting.entrySet().removeIf(reader -> serve(reader.getKey(), reader.getValue()));
        pendingSplits = catalog.pendingSplits();
        knownFiles = catalog.knownFiles();
        backlogs.replaceAll((source, before) -> catalog.backlog(source));
    }

    /** Gives a reader work, or tells it that there will be none; false if it has to wait. */
    private boolean serve(int subtask, Set<String> resting) {
        Optional<FileSplit> split = catalog.next(resting);
        if (split.isPresent()) {
            context.assignSplit(split.get(), subtask);
            return true;
        }
        boolean over = open.isEmpty() && catalog.pendingSplits() == 0;
        if (over) {
            context.signalNoMoreSplits(subtask);
        }
        return over;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Map.Entry<Long, List<FileRef>> read = readAsOf.floorEntry(checkpointId);
        if (read != null) {
            List<FileRef> files = read.getValue();
            readAsOf.headMap(checkpointId, true).clear();
            context.callAsync(() -> discovery.delete(files), this::deleted);
        }
    }

    private void deleted(List<String> problems, Throwable defect) {
        if (defect != null) {
            throw new IllegalStateException("deleting files that were read failed", defect);
        }
        if (!problems.isEmpty()) {
            LOG.warn("{} files that were read cannot be deleted, will try again: {}", problems.size(), problems.get(0));
        }
    }

    @Override
    public CatalogState snapshotState(long checkpointId) {
        // A file that the catalog knows as read was reported before this checkpoint's barrier reaches the reader, so
        // the checkpoint has all of its records.
        List<FileRef> read = catalog.deletable();
        if (!read.isEmpty()) {
            readAsOf.put(checkpointId, read);
        }
        return catalog.state();
    }

    @Override
    public void close() {
        // Threads belong to the context, files are open only while they are listed.
    }
}
