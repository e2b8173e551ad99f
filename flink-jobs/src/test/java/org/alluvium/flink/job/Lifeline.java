package org.alluvium.flink.job;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Keeps a process that a test has started from outliving the test: the pipe to its standard input ends with who started it. */
final class Lifeline {

    private Lifeline() {}

    /** Ends this process when its standard input does. */
    static void hold() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        Runtime.getRuntime().halt(1);
                    }
                },
                "lifeline");
        watch.setDaemon(true);
        watch.start();
    }
}
