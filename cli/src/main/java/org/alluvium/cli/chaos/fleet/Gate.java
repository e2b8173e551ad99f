package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The network before a server on this machine: passes connections on to it, byte by byte, until it is shut. Then connections
 * are reset, those that are open and those that are asked for, until it is opened again. Thread-safe.
 */
final class Gate implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final int server;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean shut;

    /**
     * Opens a gate.
     *
     * @param port that clients know
     * @param server port that the server listens on
     */
    Gate(int port, int server) {
        this.server = server;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        threads.execute(this::accept);
    }

    /** Resets all connections from now on. */
    void shut() {
        shut = true;
        open.forEach(Gate::reset);
    }

    /** Lets connections through again. */
    void open() {
        shut = false;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (shut) {
                    reset(client);
                } else {
                    threads.execute(() -> connect(client));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @SuppressWarnings("try") // closing is all that is wanted of them
    private void connect(Socket client) {
        try (client;
                Socket upstream = new Socket()) {
            open.add(client);
            open.add(upstream);
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            if (shut) {
                return;
            }
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread back = Thread.startVirtualThread(() -> pass(upstream, client));
            pass(client, upstream);
            back.join();
        } catch (IOException gone) {
            reset(client); // as if nobody listened
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    /** Until one of them ends. */
    private static void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // Then there is nothing to reset.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shut();
        threads.shutdownNow();
    }
}
