package org.alluvium.ingest.record;

import java.util.Locale;

/** Why a record that is in order is no document. Names are part of the log's funnel: never rename one. */
public enum SkipReason {
    /** The record describes its container or another record, and holds no text of its own. */
    METADATA,
    /** The record leads to another one. */
    REDIRECT,
    /** The record holds something that is not text: an image, a program. */
    NOT_TEXT,
    /** The page shows nothing, or only what programs add in a browser. */
    NO_TEXT,
    /** The server answered with an error. */
    HTTP_ERROR,
    /** The page belongs to the making of the collection and not to the collection: talk, templates, user pages. */
    NOT_CONTENT,
    /** The document was taken down, and may not come back. */
    TAKEN_DOWN;

    /** The reason as it is written in files and metrics: lower case with underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
