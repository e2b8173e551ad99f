package org.alluvium.dashboard.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.tls.ServedTls;
import org.slf4j.LoggerFactory;

/**
 * Where the dashboard is, and for whom.
 *
 * @param address port 0 takes any that is free
 * @param token what whoever asks has to show; needed if the address is not a loopback one
 * @param tls for https; http without. The server closes it when it ends, or does not start
 */
public record Door(InetSocketAddress address, Optional<String> token, Optional<ServedTls> tls) {

    private static final int SHORTEST_TOKEN = 16;
    private static final String TLS = "dashboard.tls";

    /**
     * With the certificate that is configured; the log is told what happens to it.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if the token could be guessed, or the certificate or its key is
     *     no good
     */
    public static Door of(InetSocketAddress address, Optional<String> token, Optional<TlsConfig> files) {
        token.filter(secret -> secret.length() < SHORTEST_TOKEN).ifPresent(_ -> {
            throw new ConfigException(
                    "the token is shorter than " + SHORTEST_TOKEN + " characters",
                    "dashboard.tokenFile",
                    "Take a longer one, such as 'openssl rand -hex 32' prints");
        });
        ServedTls.Notices log = ServedTls.logged(LoggerFactory.getLogger(Door.class));
        return new Door(address, token, files.map(configured -> ServedTls.open(configured, TLS, log)));
    }

    /** What whoever starts it should know, if anything. */
    public Optional<String> caution() {
        return tls.isPresent() || address.getAddress().isLoopbackAddress()
                ? Optional.empty()
                : Optional.of(ServedTls.inTheClear(TLS));
    }
}
