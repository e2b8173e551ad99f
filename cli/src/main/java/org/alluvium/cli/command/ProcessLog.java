package org.alluvium.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.cli.LogConfiguration;

/** Gives a long-running process its log file. */
final class ProcessLog {

    private ProcessLog() {}

    /**
     * Logs to {@code logs/<name>.log} in the configuration's folder, unless the command line names a file; to the console
     * alone where nothing can be written there, as in a container. To be called before anything logs.
     */
    static void startBeside(Path config, String name) {
        if (System.getProperty(LogConfiguration.FILE_PROPERTY) == null) {
            Path logs = config.resolveSibling("logs");
            boolean writable = Files.isWritable(Files.exists(logs) ? logs : logs.getParent());
            System.setProperty(
                    LogConfiguration.FILE_PROPERTY,
                    writable ? logs.resolve(name + ".log").toString() : LogConfiguration.CONSOLE);
        }
    }
}
