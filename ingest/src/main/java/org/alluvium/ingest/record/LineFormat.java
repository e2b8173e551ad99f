package org.alluvium.ingest.record;

/** How one line holds one document. Implementations are stateless. */
sealed interface LineFormat permits JsonlFormat, LuceneLinesFormat {

    /**
     * The fields of a line.
     *
     * @param line well-formed text without its line feed
     * @throws RefusedException if the line is not a document
     */
    LineFields parse(String line) throws RefusedException;
}
