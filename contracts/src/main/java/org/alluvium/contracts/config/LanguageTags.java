package org.alluvium.contracts.config;

import java.util.Locale;

/** Tags of BCP 47, as a configuration has them. */
public final class LanguageTags {

    private LanguageTags() {}

    /**
     * Whether a tag means a language: its own, or one that it is the beginning of, as {@code zh} is of {@code zh-Hant}.
     * Capitals are like small letters.
     */
    public static boolean means(String tag, String language) {
        String configured = tag.toLowerCase(Locale.ROOT);
        String actual = language.toLowerCase(Locale.ROOT);
        return actual.equals(configured) || actual.startsWith(configured + "-");
    }
}
