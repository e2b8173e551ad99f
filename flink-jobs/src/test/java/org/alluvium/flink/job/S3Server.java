package org.alluvium.flink.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 server in a process of its own, which keeps buckets as folders. It may be killed and started again where it was, on
 * the same port. For one thread.
 */
final class S3Server implements AutoCloseable {

    static final String ACCESS_KEY = "access";
    static final String SECRET_KEY = "secret";

    private static final String BUCKET = "bucket";
    private static final int ANY_PORT = 0;
    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Path folder;
    private Process process;
    private int port = ANY_PORT;

    private S3Server(Path folder) {
        this.folder = folder;
    }

    /** Starts a server with one empty bucket in a folder that is created; returns once it serves. */
    static S3Server start(Path folder) throws IOException {
        S3Server server = new S3Server(folder);
        Files.createDirectories(server.data().resolve(BUCKET));
        server.restart();
        return server;
    }

    /** Starts it again after {@link #kill}; returns once it serves. */
    @SuppressWarnings("resource") // the stream ends with the process, and closing it earlier would end the process
    void restart() throws IOException {
        Path properties = folder.resolve("s3proxy.conf");
        Files.writeString(properties, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                # Checksums that clients of Amazon offer of their own accord.
                s3proxy.ignore-unknown-headers=true
                jclouds.provider=filesystem-nio2
                jclouds.identity=unused
                jclouds.credential=unused
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, data()));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("alluvium.s3proxy"),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .start();
        port = awaitPort(process.inputReader(StandardCharsets.UTF_8));
    }

    private int awaitPort(BufferedReader output) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                drain(output);
                return Integer.parseInt(started.group(1));
            }
            all.append(line).append('\n');
        }
        throw new IllegalStateException("the server does not start: " + all);
    }

    /** Keeps the server from waiting for somebody to read what it writes. */
    private static void drain(BufferedReader output) {
        Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "s3-output");
        drain.setDaemon(true);
        drain.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** URI of an object, or of what begins with a prefix. */
    String uri(String key) {
        return "s3://" + BUCKET + "/" + key;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Ends it as {@code kill -9} does; returns once it is gone. */
    void kill() {
        Optional.ofNullable(process).ifPresent(Process::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while the server ends", e));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
