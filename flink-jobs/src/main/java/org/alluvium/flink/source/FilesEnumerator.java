package org.alluvium.flink.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.ingest.file.FileRef;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
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

    private final TreeSet<Integer> waitingSubtasks = new TreeSet<>();
    private final Map<String, List<String>> lastProblems = new HashMap<>();

    // Written by the coordinator's thread, read by the metric reporters'.
    private volatile long pendingSplits;
    private volatile long pendingBytes;
    private volatile long knownFiles;

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
        });
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> pendingSplits);
        context.metricGroup().gauge("pendingBytes", () -> pendingBytes);
        context.metricGroup().gauge("knownFiles", () -> knownFiles);
        context.callAsync(discovery, this::discovered, 0, Math.max(1, interval.toMillis()));
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
        waitingSubtasks.add(subtask);
        serve();
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int subtask) {
        // The reader that asked is gone; the one that takes its place asks for itself.
        waitingSubtasks.remove(subtask);
        catalog.putBack(splits);
        serve();
    }

    @Override
    public void addReader(int subtask) {
        // A reader without work asks for it.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (!(event instanceof SplitFinished finished)) {
            throw new IllegalArgumentException("readers of files do not send " + event);
        }
        catalog.finished(finished.split());
        context.sendEventToSourceReader(
                subtask, new FinishAcknowledged(finished.split().sequence()));
    }

    private void serve() {
        Iterator<Integer> waiting = waitingSubtasks.iterator();
        while (waiting.hasNext()) {
            int subtask = waiting.next();
            if (!context.registeredReaders().containsKey(subtask)) {
                waiting.remove();
                continue;
            }
            Optional<FileSplit> split = catalog.next();
            if (split.isPresent()) {
                context.assignSplit(split.get(), subtask);
            } else if (open.isEmpty()) {
                context.signalNoMoreSplits(subtask);
            } else {
                break;
            }
            waiting.remove();
        }
        pendingSplits = catalog.pendingSplits();
        pendingBytes = catalog.pendingBytes();
        knownFiles = catalog.knownFiles();
    }

    @Override
    public CatalogState snapshotState(long checkpointId) {
        return catalog.state();
    }

    @Override
    public void close() {
        // Threads belong to the context, files are open only while they are listed.
    }
}
