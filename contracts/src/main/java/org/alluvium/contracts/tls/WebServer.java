package org.alluvium.contracts.tls;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/** The JDK's HTTP server, with TLS or without. */
public final class WebServer {

    private WebServer() {}

    /**
     * One that listens and has yet to be started.
     *
     * @param tls for https; it stays the caller's
     * @throws IOException if the address is taken
     */
    public static HttpServer bind(InetSocketAddress address, Optional<ServedTls> tls) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get().context()) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters limits = getSSLContext().getDefaultSSLParameters();
                limits.setProtocols(ServedTls.PROTOCOLS.toArray(String[]::new));
                connection.setSSLParameters(limits);
            }
        });
        return server;
    }
}
