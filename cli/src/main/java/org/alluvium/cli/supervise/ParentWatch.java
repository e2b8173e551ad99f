package org.alluvium.cli.supervise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.ExitCode;

/**
 * Ends this process when its supervisor is gone. The supervisor holds the other end of this process's standard input and
 * writes nothing to it; the operating system closes it when the supervisor dies, however it dies. What follows is the same
 * as after SIGTERM: an orderly stop, and its enforcement if that takes too long.
 */
public final class ParentWatch {

    /** Set on the command line of a supervised process. */
    public static final String PROPERTY = "alluvium.supervised";

    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private ParentWatch() {}

    /** Starts watching if this process is supervised. */
    public static void startIfSupervised() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread watch = new Thread(() -> stopAtEndOf(System.in), "parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void stopAtEndOf(InputStream pipe) {
        try {
            pipe.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that can't be read any more is as good as a closed one.
            System.err.println("warn: lost the pipe to the supervisor (" + e.getMessage() + "), stopping");
        }
        CompletableFuture.delayedExecutor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code()));
        System.exit(ExitCode.INTERRUPTED.code());
    }
}
