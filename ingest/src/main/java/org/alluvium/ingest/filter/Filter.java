package org.alluvium.ingest.filter;

import java.util.List;

/**
 * Keeps, changes or drops a document. What it decides depends on the subject and on the filter's own configuration alone:
 * not on other documents, their order, the time, the locale or the platform; so that a verdict can be computed again.
 *
 * <p>A filter is used by one thread at a time. It throws for no text: a text that it has nothing to say of is kept.
 */
public interface Filter {

    /** Short name, such as {@code gopher_quality}; it stands before the reason in counts and configuration. */
    String name();

    /** Whether it has anything to say of a document, as where it is meant for one language; else it is not asked. */
    default boolean concerns(Subject subject) {
        return true;
    }

    /** The verdict. The first rule that fails is the reason. */
    Decision judge(Subject subject);

    /**
     * What every rule of this filter measures, beside what it demands, whether an earlier rule has failed or not; in the
     * order of the rules.
     */
    List<Finding> examine(Subject subject);
}
