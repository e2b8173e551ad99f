package org.alluvium.cli.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.cli.view.Display;
import org.alluvium.cli.view.LiveDisplay;
import org.alluvium.cli.view.PlainDisplay;
import org.alluvium.cli.view.Terminal;

/** Chooses the display that suits where standard output goes. */
public final class Displays {

    private static final Duration PLAIN_LINES_EVERY = Duration.ofSeconds(5);

    private Displays() {}

    /** A live block on a terminal, a line now and then elsewhere. Colors are left out where NO_COLOR is set. */
    public static Display forStandardOutput(PrintStream out) {
        Optional<Terminal> terminal = Terminal.onStandardOutput();
        if (terminal.isEmpty()) {
            return new PlainDisplay(out, PLAIN_LINES_EVERY);
        }
        return new LiveDisplay(out, terminal.get()::size, System.getenv("NO_COLOR") == null);
    }
}
