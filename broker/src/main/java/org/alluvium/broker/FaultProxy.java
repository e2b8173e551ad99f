package org.alluvium.broker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/**
 * Stands between a client of HTTP and a server, and does to requests what networks and services do: see {@link Fault}. One
 * request a connection. Conditional puts pass one at a time, since the server behind looks first and writes then, and real
 * ones do both at once. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    /** What happens to a request. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The server answers 500 and has done nothing. */
        ERROR_BEFORE,
        /** The server answers 500 and has done what was asked. */
        ERROR_AFTER,
        /** The server asks for patience and has done nothing. */
        SLOW_DOWN,
        /** The connection is reset before the request arrives. */
        RESET_BEFORE,
        /** The connection is reset before the answer arrives. */
        RESET_AFTER,
        /** The request arrives and the answer never does: the client's own patience has to end. */
        SILENT_AFTER,
        /** The connection ends in the middle of the answer. */
        CUT,
        /** The answer comes in small pieces. */
        TRICKLE
    }

    /** A request, as far as a fault may depend on it. */
    public record Request(int number, String method, String target, boolean conditional) {}

    /** Bytes as letters, ISO 8859-1. */
    private record Message(String head, String body) {

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final int PIECE_BYTES = 512;
    private static final String SLOW_DOWN_BODY =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Message>later</Message></Error>";

    private final InetSocketAddress server;
    private final String scheme;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger requests = new AtomicInteger();
    private final Object conditionalPuts = new Object();
    private volatile Function<Request, Fault> faults = request -> Fault.NONE;

    /** Starts a proxy that does no harm yet, on a port of its own. */
    public FaultProxy(String endpoint) throws IOException {
        this(endpoint, "http", ServerSocketFactory.getDefault());
    }

    /** As above, one that shows a certificate; the server behind it is asked without. */
    public FaultProxy(String endpoint, Certificates.Identity identity) throws IOException {
        this(endpoint, "https", identity.context().getServerSocketFactory());
    }

    private FaultProxy(String endpoint, String scheme, ServerSocketFactory sockets) throws IOException {
        URI uri = URI.create(endpoint);
        this.scheme = scheme;
        server = new InetSocketAddress(uri.getHost(), uri.getPort());
        socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Address of the proxy. */
    public String endpoint() {
        return scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    /** Decides about requests from now on; called by many threads. */
    public void inject(Function<Request, Fault> decision) {
        faults = decision;
    }

    /** Faults of all kinds, drawn at random for one request in so many. */
    public void injectAtRandom(long seed, int oneIn, Fault... kinds) {
        Random random = new Random(seed);
        inject(request -> {
            synchronized (random) {
                return random.nextInt(oneIn) == 0 ? kinds[random.nextInt(kinds.length)] : Fault.NONE;
            }
        });
    }

    /** Requests that have arrived so far. */
    public int requests() {
        return requests.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Message request = read(client);
            if (request == null) {
                return;
            }
            String[] line = request.head().lines().findFirst().orElseThrow().split(" ", -1);
            boolean conditional = !request.header("if-none-match").isEmpty();
            Fault fault = faults.apply(new Request(requests.incrementAndGet(), line[0], line[1], conditional));
            switch (fault) {
                case ERROR_BEFORE -> answer(client, "500 Internal Server Error", "");
                case SLOW_DOWN -> answer(client, "503 Slow Down", SLOW_DOWN_BODY);
                case RESET_BEFORE -> client.setSoLinger(true, 0);
                default -> act(client, fault, forward(request, conditional));
            }
        } catch (IOException gone) {
            // Whoever has gone away does not want to know.
        }
    }

    private static void act(Socket client, Fault fault, byte[] answer) throws IOException {
        OutputStream out = client.getOutputStream();
        switch (fault) {
            case ERROR_AFTER -> answer(client, "500 Internal Server Error", "");
            case RESET_AFTER -> client.setSoLinger(true, 0);
            case SILENT_AFTER -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
            case CUT -> out.write(answer, 0, answer.length - answer.length / 3);
            case TRICKLE -> {
                for (int from = 0; from < answer.length; from += PIECE_BYTES) {
                    out.write(answer, from, Math.min(PIECE_BYTES, answer.length - from));
                    out.flush();
                }
            }
            default -> out.write(answer);
        }
        out.flush();
    }

    private static void answer(Socket client, String status, String body) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] forward(Message request, boolean conditional) throws IOException {
        if (conditional && request.head().startsWith("PUT")) {
            synchronized (conditionalPuts) {
                return forward(request);
            }
        }
        return forward(request);
    }

    private byte[] forward(Message request) throws IOException {
        try (Socket upstream = new Socket()) {
            upstream.connect(server);
            OutputStream out = upstream.getOutputStream();
            out.write(request.head().getBytes(StandardCharsets.ISO_8859_1));
            out.write(request.body().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return upstream.getInputStream().readAllBytes();
        }
    }

    /** The whole request, made one that ends its connection; null if none comes. */
    private static Message read(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int ends = 0; ends < END.length; ) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            ends = next == END[ends] ? ends + 1 : next == END[0] ? 1 : 0;
        }
        Message begun = new Message(head.toString(StandardCharsets.ISO_8859_1), "");
        if (!begun.header("expect").isEmpty()) {
            client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        String length = begun.header("content-length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        String[] lines = begun.head()
                .lines()
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("expect:"))
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .toArray(String[]::new);
        return new Message(
                String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n",
                new String(body, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
