package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;

/** The {@code c4BadWords} group of a rule set. */
public record C4BadWordsConfig(
        @Key(
                doc =
                        "Files of words or phrases, one a line in UTF-8. Where a language separates its words by spaces they"
                                + " must stand by themselves to count.",
                byDefault = "[]")
        List<Path> files,

        @Key(doc = "Entries of these files that are allowed all the same.", byDefault = "[]")
        List<String> allowed) {

    public C4BadWordsConfig {
        files = List.copyOf(files);
        allowed = List.copyOf(allowed);
    }
}
