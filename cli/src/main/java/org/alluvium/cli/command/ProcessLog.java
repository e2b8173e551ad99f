package org.alluvium.cli.command;

import java.nio.file.Path;
import org.alluvium.cli.LogConfiguration;

/** Gives a long-running process its log file. */
final class ProcessLog {

    private ProcessLog() {}

    /**
     * Logs to {@code logs/<name>.log} in the configuration's folder, unless the command line names a file. To be called
     * before anything logs.
     */
    static void startBeside(Path config, String name) {
        if (System.getProperty(LogConfiguration.FILE_PROPERTY) == null) {
            Path file = config.resolveSibling("logs").resolve(name + ".log");
            System.setProperty(LogConfiguration.FILE_PROPERTY, file.toString());
        }
    }
}
