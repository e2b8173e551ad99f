package org.alluvium.contracts.store;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sleeps until a file appears in a folder. It is a hint and no more: events may be late, several may come as one, and
 * remote file systems send none, so whoever waits looks again after a while even without one.
 */
public final class FolderWatch implements ArrivalWatch {

    private final WatchService service;

    private FolderWatch(WatchService service) {
        this.service = service;
    }

    /** Starts watching; the folder must exist. What appears from now on wakes {@link #await}. */
    public static FolderWatch of(Path folder) throws IOException {
        WatchService service = folder.getFileSystem().newWatchService();
        try {
            folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
            return new FolderWatch(service);
        } catch (IOException e) {
            service.close();
            throw Durability.naming(folder, e);
        }
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        try {
            WatchKey key = service.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
