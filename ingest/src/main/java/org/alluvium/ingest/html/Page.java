package org.alluvium.ingest.html;

import java.time.Instant;
import java.util.Optional;

/**
 * What a web page says.
 *
 * @param text its main content, one line a block; empty if it has none
 * @param title as it calls itself
 * @param published when it says that it was published
 * @param language language tag (BCP 47) that it declares
 * @param url address that it gives for itself
 * @param redirects whether it sends browsers elsewhere
 */
public record Page(
        String text,
        Optional<String> title,
        Optional<Instant> published,
        Optional<String> language,
        Optional<String> url,
        boolean redirects) {}
