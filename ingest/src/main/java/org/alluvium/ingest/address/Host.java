package org.alluvium.ingest.address;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.util.Optional;
import org.alluvium.ingest.character.Characters;

/**
 * The host in a web address. Addresses in documents are often not quite what RFC 3986 asks for, so this looks for the host
 * alone and lets the rest be what it is. Which domains can be registered is known from the public suffix list that Guava
 * has; its private part, where hosters enter the names of their customers, does not count.
 */
public final class Host {

    private Host() {}

    /** The host in small letters, without user, port and a stop at its end; empty if there is none. */
    public static Optional<String> of(String url) {
        int start = url.indexOf("://") + 3;
        if (start < 3) {
            start = url.startsWith("//") ? 2 : 0;
        }
        int end = start;
        while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        start = Math.max(start, url.lastIndexOf('@', end - 1) + 1);
        int port = url.indexOf(':', start);
        if (url.startsWith("[", start)) { // an address of IPv6
            port = url.indexOf(':', Math.max(start, url.indexOf(']', start)));
        }
        end = port >= 0 && port < end ? port : end;
        while (end > start && url.charAt(end - 1) == '.') {
            end--;
        }
        return start < end ? Optional.of(lower(url.substring(start, end))) : Optional.empty();
    }

    /** The domain that was registered for a host: {@code example.co.uk} for {@code www.example.co.uk}. */
    static Optional<String> registeredDomain(String host) {
        if (InetAddresses.isInetAddress(host) || !InternetDomainName.isValid(host)) {
            return Optional.empty();
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderRegistrySuffix()
                ? Optional.of(name.topDomainUnderRegistrySuffix().toString())
                : Optional.empty();
    }

    static String lower(String text) {
        StringBuilder lowered = new StringBuilder(text.length());
        text.codePoints().map(Characters::toLowerCase).forEach(lowered::appendCodePoint);
        return lowered.toString();
    }
}
