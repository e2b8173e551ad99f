package org.alluvium.contracts.log;

import java.util.Locale;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;

/** Which documents a takedown is about, of those that are in the corpus and of those that will ever come. */
public sealed interface Selector {

    /** Whether a document is among them. */
    boolean selects(String id, String source, Optional<String> url, ContentHash hash);

    /** For people: what is selected. */
    String words();

    /**
     * Documents of an id.
     *
     * @param source in which the id means a document; empty for all
     */
    record Id(String id, Optional<String> source) implements Selector {

        @Override
        public boolean selects(String otherId, String otherSource, Optional<String> url, ContentHash hash) {
            return id.equals(otherId) && source.map(otherSource::equals).orElse(true);
        }

        @Override
        public String words() {
            return "id " + id + source.map(name -> " of source " + name).orElse("");
        }
    }

    /**
     * Documents of addresses that begin so.
     *
     * @param prefix in the form of {@link #normal}
     */
    record UrlPrefix(String prefix) implements Selector {

        private static final String BOUNDARIES = "/?#";

        public UrlPrefix {
            prefix = normal(prefix);
        }

        /**
         * Without its scheme, its host in lower case and without a scheme's usual port: {@code HTTPS://Example.org:443/A} is
         * {@code example.org/A}. Nothing else of an address is the same whatever the server. What is
         * normal stays as it is.
         */
        public static String normal(String url) {
            String rest = url.strip().replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://\\s*)+", "");
            int end = 0;
            while (end < rest.length() && BOUNDARIES.indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            String host = rest.substring(0, end).toLowerCase(Locale.ROOT).replaceFirst("(:(80|443))+$", "");
            return host + rest.substring(end);
        }

        /** A host alone is the whole host, and not the beginning of another's name. */
        @Override
        public boolean selects(String id, String source, Optional<String> url, ContentHash hash) {
            return url.map(UrlPrefix::normal).filter(this::begins).isPresent();
        }

        private boolean begins(String address) {
            if (!address.startsWith(prefix)) {
                return false;
            }
            boolean hostAlone = prefix.chars().noneMatch(c -> BOUNDARIES.indexOf(c) >= 0);
            return !hostAlone
                    || address.length() == prefix.length()
                    || BOUNDARIES.indexOf(address.charAt(prefix.length())) >= 0;
        }

        @Override
        public String words() {
            return "addresses that begin with " + prefix;
        }
    }

    /** All documents of a source. */
    record Source(String name) implements Selector {

        @Override
        public boolean selects(String id, String source, Optional<String> url, ContentHash hash) {
            return name.equals(source);
        }

        @Override
        public String words() {
            return "source " + name;
        }
    }

    /** Documents whose normalized text has a hash. */
    record Content(ContentHash hash) implements Selector {

        @Override
        public boolean selects(String id, String source, Optional<String> url, ContentHash other) {
            return hash.equals(other);
        }

        @Override
        public String words() {
            return "content hash " + hash;
        }
    }
}
