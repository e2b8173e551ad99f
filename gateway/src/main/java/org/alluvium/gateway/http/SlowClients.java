package org.alluvium.gateway.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request has come to be answered for some time. A limit of silence alone is met by one byte now
 * and then, of a handshake or of headers, which holds a connection for days, and many such hold all there may be. Thread-safe.
 */
final class SlowClients extends Handler.Wrapper implements Connection.Listener {

    private static final String PROGRESS = SlowClients.class.getName();

    private final Scheduler scheduler;
    private final Duration patience;

    /** @param patience from the first byte until a whole request, without its body */
    SlowClients(Handler next, Scheduler scheduler, Duration patience) {
        super(next);
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /** Requests of one connection, which come one after the other. */
    private static final class Progress {

        private long begun;
        private long ended;

        synchronized long begun() {
            return begun;
        }

        synchronized boolean answering() {
            return begun > ended;
        }

        synchronized void begin() {
            begun++;
        }

        synchronized void end() {
            ended++;
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData requests) { // and not the TLS around them
            Progress progress = new Progress();
            requests.setAttribute(PROGRESS, progress);
            lookLater(connection, progress, 0);
        }
    }

    private void lookLater(Connection connection, Progress progress, long begun) {
        scheduler.schedule(() -> look(connection, progress, begun), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Connection connection, Progress progress, long before) {
        if (!connection.getEndPoint().isOpen()) {
            return;
        }
        if (progress.answering() || progress.begun() > before) {
            lookLater(connection, progress, progress.begun());
        } else {
            connection.getEndPoint().close(new TimeoutException("no request within " + patience));
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Progress progress = (Progress) request.getConnectionMetaData().getAttribute(PROGRESS);
        progress.begin();
        return super.handle(request, response, Callback.from(progress::end, callback));
    }
}
