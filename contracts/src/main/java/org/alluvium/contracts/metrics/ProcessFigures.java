package org.alluvium.contracts.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a process takes of its machine: memory, processors, garbage collection, and room where it writes. What the machine does
 * not tell is left out. Thread-safe.
 */
public final class ProcessFigures {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final Metric heapUsed;
    private final Metric heapLimit;
    private final Metric resident;
    private final Metric processors;
    private final Metric collecting;
    private final Metric threads;
    private final Metric started;
    private final Metric diskFree;
    private final Metric diskSize;
    private final Optional<Path> folder;

    /**
     * Figures of this process.
     *
     * @param component of the metrics' names
     * @param folder that the process writes to, if it does
     */
    public ProcessFigures(String component, Optional<Path> folder) {
        String process = "alluvium_" + component + "_process_";
        String disk = "alluvium_" + component + "_disk_";
        heapUsed = Metric.gauge(process + "heap_used_bytes", "bytes", "Java heap that is taken.");
        heapLimit = Metric.gauge(process + "heap_limit_bytes", "bytes", "Size that the Java heap may grow to.");
        resident = Metric.gauge(process + "resident_bytes", "bytes", "Physical memory of the process (Linux).");
        processors = Metric.counter(process + "cpu_seconds_total", "seconds", "Time on processors.");
        collecting = Metric.counter(process + "gc_seconds_total", "seconds", "Time of garbage collections.");
        threads =
                Metric.gauge(process + "threads", "threads", "Threads of the operating system that Java code runs on.");
        started = Metric.gauge(process + "start_timestamp_seconds", "seconds", "When it started, since 1970.");
        diskFree = Metric.gauge(disk + "free_bytes", "bytes", "Room left where it writes.");
        diskSize = Metric.gauge(disk + "size_bytes", "bytes", "Size of the file system it writes to.");
        this.folder = folder;
    }

    /** All metrics, whether or not this machine tells them. */
    public List<Metric> metrics() {
        Stream<Metric> always = Stream.of(heapUsed, heapLimit, resident, processors, collecting, threads, started);
        Stream<Metric> disk = folder.isPresent() ? Stream.of(diskFree, diskSize) : Stream.empty();
        return Stream.concat(always, disk).toList();
    }

    /** Writes what they are now. */
    public void write(MetricsPage page) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        page.single(heapUsed, heap.getUsed());
        page.single(heapLimit, heap.getMax());
        residentBytes().ifPresent(bytes -> page.single(resident, bytes));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            page.single(processors, system.getProcessCpuTime() / 1e9);
        }
        page.single(
                collecting,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / 1e3);
        page.single(threads, ManagementFactory.getThreadMXBean().getThreadCount());
        page.single(started, ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        folder.ifPresent(path -> writeDisk(path, page));
    }

    private void writeDisk(Path path, MetricsPage page) {
        try {
            FileStore store = Files.getFileStore(path);
            page.single(diskFree, store.getUsableSpace());
            page.single(diskSize, store.getTotalSpace());
        } catch (IOException gone) {
            return; // a folder that is not there yet, or not any more, has no room to tell of
        }
    }

    private static OptionalLong residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }
}
