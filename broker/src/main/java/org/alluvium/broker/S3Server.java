package org.alluvium.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An S3 server in a process of its own, with one bucket, which it keeps as a folder. It may be killed and started again where
 * it was, on the same port. The build of this module fetches its program for integration tests. For one thread.
 */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "access";
    public static final String SECRET_KEY = "b81f64d20c7e4a95";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int ANY_PORT = 0;
    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Path folder;
    private final String bucket;
    private Process process;
    private int port = ANY_PORT;

    private S3Server(Path folder, String bucket) {
        this.folder = folder;
        this.bucket = bucket;
    }

    /** Starts a server with an empty bucket in a folder that is created; returns once it serves. */
    public static S3Server start(Path folder, String bucket) throws IOException {
        S3Server server = new S3Server(folder, bucket);
        Files.createDirectories(server.data().resolve(bucket));
        server.restart();
        return server;
    }

    /** Starts it again after {@link #kill}; returns once it serves. */
    @SuppressWarnings("resource") // the stream ends with the process, and closing it earlier would end the process
    public void restart() throws IOException {
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
                        program().toString(),
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

    /** Address of the service. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Where it keeps what begins with a prefix of whole names, each object as a file: to be read only. */
    public Path files(String prefix) {
        return data().resolve(bucket).resolve(prefix);
    }

    /** URI of an object, or of what begins with a prefix. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Creates or replaces an object; returns once it is there. Keys are made of letters that an address may hold as they are. */
    public void put(String key, byte[] content) throws IOException, InterruptedException {
        String resource = "/" + bucket + "/" + key;
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + resource))
                .header("x-amz-date", date)
                .header("Authorization", "AWS " + ACCESS_KEY + ":" + signature("PUT", date, resource))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(request + " was answered " + response.statusCode() + ": " + response.body());
        }
    }

    /** Version 2 of the protocol's signatures, of a request without type and digest of its content. */
    private static String signature(String method, String date, String resource) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            String signed = method + "\n\n\n\nx-amz-date:" + date + "\n" + resource;
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /** Where this module's build puts it: beside the classes, or the jar of them. */
    private static Path program() {
        return Path.of(S3Server.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolveSibling("servers/s3proxy.jar");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Ends it as {@code kill -9} does; returns once it is gone. */
    public void kill() {
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
