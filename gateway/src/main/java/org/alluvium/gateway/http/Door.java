package org.alluvium.gateway.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may push. Whoever brings the token; where there is none, everybody on this machine, as long as the address that was asked for is
 * this machine's: a page from elsewhere, whose name has been made to point here, would be of the same origin as this server, and could
 * send what it likes. Thread-safe.
 */
final class Door {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean anyName;
    private final Optional<AccessToken> token;

    /** @param host address that is listened on */
    Door(String host, Optional<AccessToken> token) {
        this.anyName = token.isPresent() || !isLoopback(host);
        this.token = token;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true; // it cannot be listened on either, which is said there
        }
    }

    /** Why a request goes no further, if it does not. */
    Optional<Answer> refusal(Request request) {
        if (!anyName && !LOOPBACK_NAMES.contains(name(request))) {
            return Optional.of(Answer.error(
                    421,
                    "ask for localhost or 127.0.0.1; other names for this machine are answered with a token only"));
        }
        if (token.isPresent() && !token.get().admits(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            return Optional.of(Answer.error(
                    401,
                    "send the gateway's token as 'Authorization: Bearer …'",
                    Map.of("WWW-Authenticate", "Bearer realm=\"alluvium\"")));
        }
        return Optional.empty();
    }

    private static String name(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return host == null ? "" : host.replaceFirst(":\\d+$", "");
    }
}
