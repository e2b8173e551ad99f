package org.alluvium.cli.command;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Whether processes under a supervisor have a dashboard beside them. */
final class DashboardOption {

    static final int PORT = 8480;

    @Option(
            names = "--dashboard",
            arity = "0..1",
            fallbackValue = "" + PORT,
            paramLabel = "PORT",
            description =
                    "Show everything in the browser, too: at this port of this machine (default: ${FALLBACK-VALUE}).")
    private Integer port;

    /** The port to listen at; empty if there is to be none. */
    OptionalInt port() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
