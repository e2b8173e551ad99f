package org.alluvium.cli.supervise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;

/**
 * Command lines of this program's own processes: the same JDK, the same class path, and the JVM options of the command from
 * {@code bin/jvm}.
 *
 * @param javaHome the JDK
 * @param home the folder that holds the launcher and {@code bin/jvm}
 * @param classPath as the running process has it
 * @param first JVM options that come before those of the command, which override them
 */
public record JavaCommand(Path javaHome, Path home, String classPath, List<String> first) {

    /** Set by the launcher to the folder it is in. */
    public static final String HOME_PROPERTY = "alluvium.home";

    private static final String MAIN = "org.alluvium.cli.Main";

    public JavaCommand {
        first = List.copyOf(first);
    }

    /** With no other JVM options than those of the command. */
    public JavaCommand(Path javaHome, Path home, String classPath) {
        this(javaHome, home, classPath, List.of());
    }

    /** As this process was started. */
    public static JavaCommand ofThisProcess() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new UnavailableException(
                    "the installation folder is not known",
                    "system property " + HOME_PROPERTY,
                    "Start Alluvium by its launcher, ./alluvium");
        }
        return new JavaCommand(
                Path.of(System.getProperty("java.home")), Path.of(home), System.getProperty("java.class.path"));
    }

    /** The same for processes that may open an accelerator, with the options for that or what the launcher found missing. */
    public JavaCommand accelerated() {
        return new JavaCommand(
                javaHome, home, classPath, AcceleratorLaunch.ofThisProcess().jvmOptions());
    }

    /**
     * A supervised process.
     *
     * @param command the subcommand, which also chooses the JVM options
     * @param logs folder for the process's log and for what a crash of the JVM leaves
     */
    public List<String> supervised(String command, Path logs, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(javaHome.resolve("bin").resolve("java").toString());
        line.addAll(first);
        line.add("@" + home.resolve("bin").resolve("jvm").resolve(command + ".options"));
        line.add("-D" + HOME_PROPERTY + "=" + home);
        line.add("-D" + ParentWatch.PROPERTY + "=true");
        line.add("-Dalluvium.log.file=" + logs.resolve(command + ".log"));
        line.add("-XX:ErrorFile=" + logs.resolve(command + "-crash-%p.log"));
        line.add("-cp");
        line.add(classPath);
        line.add(MAIN);
        line.add(command);
        line.addAll(arguments);
        return List.copyOf(line);
    }
}
