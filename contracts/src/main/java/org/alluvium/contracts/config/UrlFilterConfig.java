package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The {@code filters.url} group. A list is a text file in UTF-8 with one entry a line; empty lines and those that begin with
 * {@code #} mean nothing.
 */
public record UrlFilterConfig(
        @Key(
                doc =
                        "Files of domains: a document is dropped if its registered domain or its whole host is among them.",
                byDefault = "[]")
        List<Path> domains,

        @Key(doc = "Files of addresses, as they are written in documents.", byDefault = "[]")
        List<Path> urls,

        @Key(doc = "Files of words of which none may be in the address.", byDefault = "[]")
        List<Path> bannedWords,

        @Key(doc = "Files of words of which fewer than softBannedLimit may be in the address.", byDefault = "[]")
        List<Path> softBannedWords,

        @Key(doc = "How many different soft banned words drop a document.", byDefault = "2", min = 1)
        int softBannedLimit,

        @Key(doc = "Files of texts that may be nowhere in the letters and digits of the address.", byDefault = "[]")
        List<Path> bannedSubwords) {

    public UrlFilterConfig {
        domains = List.copyOf(domains);
        urls = List.copyOf(urls);
        bannedWords = List.copyOf(bannedWords);
        softBannedWords = List.copyOf(softBannedWords);
        bannedSubwords = List.copyOf(bannedSubwords);
    }
}
