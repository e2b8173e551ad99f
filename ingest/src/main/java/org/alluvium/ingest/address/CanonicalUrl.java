package org.alluvium.ingest.address;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An address in the form in which addresses of one page are equal, as far as that can be told from them: without scheme, user,
 * port, leading {@code www.}, fragment, a slash at its end, and the parameters by which campaigns and sessions are told
 * apart; the other parameters in order. Frozen: keyed state remembers it.
 */
public final class CanonicalUrl {

    /** Parameters that say how somebody came to the page. */
    private static final Set<String> TRACKING = Set.of(
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "yclid",
            "igshid",
            "mc_cid",
            "mc_eid",
            "phpsessid",
            "jsessionid",
            "sid");

    private static final String CAMPAIGN = "utm_";

    private CanonicalUrl() {}

    /** The canonical form; empty if there is no host in it. */
    public static Optional<String> of(String url) {
        return Host.of(url.strip()).map(host -> without(host, "www.") + behindHost(url.strip()));
    }

    private static String without(String host, String prefix) {
        return host.startsWith(prefix) ? host.substring(prefix.length()) : host;
    }

    private static String behindHost(String url) {
        int host = Math.max(0, url.indexOf("//") + 2);
        String rest = cut(url.substring(first(url, "/?#\\", host)), '#');
        int query = rest.indexOf('?');
        String path = query < 0 ? rest : rest.substring(0, query);
        String parameters = query < 0 ? "" : parameters(rest.substring(query + 1));
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                + (parameters.isEmpty() ? "" : '?' + parameters);
    }

    private static int first(String text, String signs, int from) {
        int i = from;
        while (i < text.length() && signs.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static String cut(String text, char sign) {
        int at = text.indexOf(sign);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String parameters(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty() && !isTracking(parameter))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static boolean isTracking(String parameter) {
        String name = cut(parameter, '=').toLowerCase(Locale.ROOT);
        return name.startsWith(CAMPAIGN) || TRACKING.contains(name);
    }
}
