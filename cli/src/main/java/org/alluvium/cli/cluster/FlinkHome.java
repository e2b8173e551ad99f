package org.alluvium.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Flink as its distribution lays it out: {@code lib/} is the class path, {@code plugins/<name>/} have class loaders of their
 * own, {@code conf/log4j.properties} says what is logged. The build puts one together from published artifacts, and our own
 * distribution brings it along.
 *
 * @param javaHome the Java that its processes run on
 */
public record FlinkHome(Path javaHome, Path folder) {

    /** Below the folder of the launcher: where the build of the sources puts it, and where a distribution has it. */
    private static final List<Path> PLACES = List.of(Path.of("cluster", "target", "flink"), Path.of("flink"));

    private static final Path BUILT_JARS = Path.of("flink-jobs", "target");
    private static final String BUILT_JOB_JAR = "-job.jar";
    private static final Path DISTRIBUTED_JOB_JAR = Path.of("flink", "usrlib", "alluvium-ingest.jar");

    /** That of the installation that this process belongs to. */
    public static FlinkHome ofThisProcess() {
        return in(installation());
    }

    /** That of an installation, which is a checkout of the sources or a distribution. */
    public static FlinkHome in(Path installation) {
        Path javaHome = Path.of(System.getProperty("java.home"));
        return PLACES.stream()
                .map(place -> new FlinkHome(javaHome, installation.resolve(place)))
                .filter(home -> Files.isDirectory(home.lib()))
                .findFirst()
                .orElseThrow(() -> new UnavailableException(
                        "Flink has not been put together here",
                        installation.toString(),
                        "Build it (./mvnw -pl cli -am package -DskipTests), or take a distribution (./alluvium dist)"));
    }

    /** The job jar of the installation that this process belongs to. */
    public static Path jobJar() {
        return jobJar(installation());
    }

    /** The job jar of an installation, which is a checkout of the sources or a distribution. */
    public static Path jobJar(Path installation) {
        Path distributed = installation.resolve(DISTRIBUTED_JOB_JAR);
        return Files.exists(distributed) ? distributed : builtJobJar(installation.resolve(BUILT_JARS));
    }

    private static Path builtJobJar(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw noJar(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(BUILT_JOB_JAR))
                    .findFirst()
                    .orElseThrow(() -> noJar(folder));
        } catch (IOException e) {
            throw StorageException.of("look for the job jar", folder, e);
        }
    }

    private static UnavailableException noJar(Path folder) {
        return new UnavailableException(
                "there is no job jar",
                folder.toString(),
                "Build it (./mvnw -pl cli -am package -DskipTests), or name one with --jar");
    }

    private static Path installation() {
        return JavaCommand.ofThisProcess().home();
    }

    private Path lib() {
        return folder.resolve("lib");
    }

    Path plugins() {
        return folder.resolve("plugins");
    }

    Path logging() {
        return folder.resolve("conf").resolve("log4j.properties");
    }

    /** The beginning of a command line: the virtual machine with its options, and the class path. */
    List<String> java(List<String> options) {
        List<String> line = new ArrayList<>();
        line.add(javaHome.resolve("bin").resolve("java").toString());
        line.addAll(options);
        line.add("-cp");
        line.add(classPath());
        return line;
    }

    /** Every jar by its name: a pattern would leave their order to the file system. */
    private String classPath() {
        try (Stream<Path> jars = Files.list(lib())) {
            return String.join(
                    File.pathSeparator,
                    jars.map(Path::toString)
                            .filter(name -> name.endsWith(".jar"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw StorageException.of("list Flink's jars", lib(), e);
        }
    }
}
