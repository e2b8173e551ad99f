package org.alluvium.cli.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/**
 * A process to be supervised in tests. The first argument is a file to which it appends its process id; the second says what
 * it does: end with a number, wait to be stopped, or ignore that it should stop.
 */
public final class TinyChild {

    private TinyChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ParentWatch.startIfSupervised();
        Files.writeString(
                Path.of(arguments[0]),
                ProcessHandle.current().pid() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        switch (arguments[1]) {
            case "wait" -> new CountDownLatch(1).await();
            case "ignore" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(TinyChild::never));
                new CountDownLatch(1).await();
            }
            default -> {
                System.err.println("alluvium: tiny: it went wrong. Mend it");
                Runtime.getRuntime().halt(Integer.parseInt(arguments[1]));
            }
        }
    }

    private static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
