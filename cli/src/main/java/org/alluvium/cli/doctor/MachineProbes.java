package org.alluvium.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.cli.view.Units;

/** What the machine as a whole offers. */
final class MachineProbes {

    private static final int REQUIRED_JDK = 25;
    private static final long GIB = 1L << 30;
    private static final long LEAST_MEMORY = 2 * GIB;
    private static final long GOOD_MEMORY = 4 * GIB;

    private MachineProbes() {}

    static Finding jdk() {
        return jdk(Runtime.version().feature(), Runtime.version() + " in " + System.getProperty("java.home"));
    }

    static Finding jdk(int feature, String description) {
        return feature >= REQUIRED_JDK
                ? Finding.ok("jdk", description)
                : Finding.failure("jdk", description, "Install a JDK " + REQUIRED_JDK + " and set JAVA_HOME to it.");
    }

    static Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return memory(system.getTotalMemorySize(), available(system));
    }

    /** Total and available memory in bytes. */
    static Finding memory(long total, long available) {
        String what = Units.bytes(total) + ", " + Units.bytes(available) + " of it available";
        if (available < LEAST_MEMORY) {
            return Finding.failure(
                    "memory",
                    what,
                    "Ingest and trainer of the small preset need " + Units.bytes(LEAST_MEMORY)
                            + ": end other programs, or raise the limit of this container.");
        }
        if (available < GOOD_MEMORY) {
            return Finding.warning(
                    "memory",
                    what,
                    "Enough for the demo; larger presets want " + Units.bytes(GOOD_MEMORY) + " and more.");
        }
        return Finding.ok("memory", what);
    }

    /** Linux counts caches that it would give back as used; MemAvailable does not. */
    private static long available(OperatingSystemMXBean system) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .map(bytes -> Math.min(bytes, system.getTotalMemorySize()))
                    .findFirst()
                    .orElseGet(system::getFreeMemorySize);
        } catch (IOException noSuchFileOnThisSystem) {
            return system.getFreeMemorySize();
        }
    }

    static Finding cpu() {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            List<String> info = lines.toList();
            return cpu(cores, System.getProperty("os.arch"), features(info));
        } catch (IOException noSuchFileOnThisSystem) {
            return cpu(cores, System.getProperty("os.arch"), Set.of());
        }
    }

    /** Cores, architecture and the instruction sets the system reports, which is none outside Linux. */
    static Finding cpu(int cores, String architecture, Set<String> features) {
        String widest = Stream.of("avx512f", "avx2", "asimd", "avx")
                .filter(features::contains)
                .findFirst()
                .orElse("unknown vector width");
        String what = "%d cores, %s, %s".formatted(cores, architecture, widest);
        if (architecture.equals("amd64") && !features.isEmpty() && !features.contains("avx2")) {
            return Finding.warning("cpu", what, "Without AVX2 training is several times slower; results are the same.");
        }
        if (cores < 2) {
            return Finding.warning("cpu", what, "Ingest and trainer share one core: expect half the speed.");
        }
        return Finding.ok("cpu", what);
    }

    private static Set<String> features(List<String> cpuInfo) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf(':') + 1).trim().split(" ")))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Finding accelerator() {
        boolean nvidia = Files.exists(Path.of("/dev/nvidiactl"));
        boolean other = Files.exists(Path.of("/dev/kfd")) || Files.exists(Path.of("/dev/dri"));
        String what = nvidia ? "an NVIDIA device" : other ? "a graphics device" : "none";
        return Finding.ok("accelerator", nvidia || other ? what + "; docs/gpu.md says how to train on it" : what);
    }

    static Finding loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok(
                    "ports", "a free port on " + socket.getInetAddress().getHostAddress());
        } catch (IOException e) {
            return Finding.failure(
                    "ports",
                    "no port can be opened on the loopback address (" + e.getMessage() + ")",
                    "Flink's parts talk over it: check `ip address show lo`, ulimit -n and the sandbox's rules.");
        }
    }
}
