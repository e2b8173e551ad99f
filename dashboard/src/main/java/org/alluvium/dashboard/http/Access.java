package org.alluvium.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see the dashboard. On a loopback address it is everybody on this machine, as long as the address that was asked for
 * is this machine's: a page from elsewhere whose name has been made to point here is refused, and so
 * is a page that makes a browser here ask what takes a model's time, though it would not see the answer. Beyond loopback a token is
 * needed, as {@code Authorization: Bearer …}, or as {@code ?token=…} once, which leaves a cookie.
 */
final class Access {

    private static final String COOKIE = "alluvium";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What browsers say of a question that a page of another origin, or of another server here, has made them ask. */
    private static final Set<String> FROM_ELSEWHERE = Set.of("cross-site", "same-site");

    private final boolean loopback;
    private final Optional<String> token;
    private final boolean tls;

    /**
     * Rules for an address.
     *
     * @param tls whether it is served by https
     * @throws IllegalArgumentException if the address can be reached from elsewhere and there is no token
     */
    Access(InetAddress address, Optional<String> token, boolean tls) {
        loopback = address.isLoopbackAddress();
        this.tls = tls;
        this.token = token.filter(text -> !text.isBlank());
        if (!loopback && this.token.isEmpty()) {
            throw new IllegalArgumentException("an address beyond loopback needs a token");
        }
    }

    /** Whether a request may be answered. */
    boolean allows(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (loopback && !LOOPBACK_NAMES.contains(hostName(headers))) {
            return false;
        }
        if (FROM_ELSEWHERE.contains(
                        Optional.ofNullable(headers.getFirst("Sec-Fetch-Site")).orElse(""))
                && exchange.getRequestURI().getPath().startsWith("/api/")) {
            return false;
        }
        return token.isEmpty()
                || matches(bearer(headers))
                || matches(cookie(headers))
                || matches(new Query(exchange.getRequestURI()).text("token", ""));
    }

    /** The cookie for whoever has shown the token in the address; one that came by https never goes by http. */
    Optional<String> cookieFor(HttpExchange exchange) {
        String shown = new Query(exchange.getRequestURI()).text("token", "");
        boolean secure = tls || "https".equals(exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"));
        return matches(shown)
                ? Optional.of(COOKIE + "=" + shown + "; HttpOnly; SameSite=Strict; Path=/" + (secure ? "; Secure" : ""))
                : Optional.empty();
    }

    /**
     * What makes browsers ask this host by https alone (RFC 6797), where it is answered. Not for this machine: a browser applies it
     * to every port, and what else runs here would be out of its reach.
     */
    Optional<String> transportSecurity() {
        return tls && !loopback ? Optional.of("max-age=31536000") : Optional.empty();
    }

    private boolean matches(String shown) {
        return token.isPresent()
                && MessageDigest.isEqual(
                        token.get().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static String hostName(Headers headers) {
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
        return host.replaceFirst(":\\d+$", "");
    }

    private static String bearer(Headers headers) {
        String value = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
        return value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : "";
    }

    private static String cookie(Headers headers) {
        String cookies = Optional.ofNullable(headers.getFirst("Cookie")).orElse("");
        return Arrays.stream(cookies.split(";\\s*", -1))
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1))
                .findFirst()
                .orElse("");
    }
}
