package org.alluvium.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Tells any number of listeners the newest state, by server-sent events. A listener that is slow, or was asleep, is told the
 * newest state and none of those in between: each says all there is to know, with the number of events read so far, from
 * which the listener asks again for what it draws. So nothing is missed, and nothing piles up for anybody. Thread-safe.
 */
final class Broadcast implements AutoCloseable {

    /** Silence after which a comment is sent, so that both sides notice a connection that is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    // Guarded by this object's monitor.
    private String newest = "";
    private long version;
    private boolean closed;

    private record State(long version, String text, boolean closed) {}

    /** Replaces the state that listeners are told. */
    synchronized void publish(String state) {
        if (!state.equals(newest)) {
            newest = state;
            version++;
            notifyAll();
        }
    }

    /** Sends states until the listener is gone or this is closed; the calling thread is the listener's own. */
    void serve(HttpExchange exchange) throws IOException, InterruptedException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            State state = new State(0, "", false);
            while (!state.closed()) {
                State next = after(state.version());
                out.write(message(next, next.version() > state.version()));
                out.flush();
                state = next;
            }
        }
    }

    private static byte[] message(State state, boolean news) {
        String text =
                news ? "event: state\nid: " + state.version() + "\ndata: " + state.text() + "\n\n" : ": still here\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized State after(long known) throws InterruptedException {
        long deadline = System.nanoTime() + HEARTBEAT.toNanos();
        long left = HEARTBEAT.toNanos();
        while (version == known && !closed && left > 0) {
            Duration wait = Duration.ofNanos(left);
            wait(wait.toMillis() + 1);
            left = deadline - System.nanoTime();
        }
        return new State(version, newest, closed);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
