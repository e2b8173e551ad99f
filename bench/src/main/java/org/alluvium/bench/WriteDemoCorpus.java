package org.alluvium.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.cli.demo.DemoCorpus;

/** Writes the demo corpus, taken from the package registry, to the file named as the first argument. */
public final class WriteDemoCorpus {

    private WriteDemoCorpus() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: WriteDemoCorpus FILE");
        }
        Path file = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        DemoCorpus corpus = DemoCorpus.obtain(Path.of("").toAbsolutePath());
        Files.write(file, corpus.lines(0, corpus.documents()));
    }
}
