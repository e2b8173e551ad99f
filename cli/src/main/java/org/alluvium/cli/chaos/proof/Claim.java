package org.alluvium.cli.chaos.proof;

import java.util.Collection;
import java.util.List;

/**
 * Something that was to be proved.
 *
 * @param claim what, in a sentence
 * @param holds whether it is so
 * @param detail with what figures
 * @param ids of the documents, or names of the files, that speak against it: the first so many
 */
public record Claim(String claim, boolean holds, String detail, List<String> ids) {

    private static final int NAMED = 50;

    public Claim {
        ids = List.copyOf(ids);
    }

    /** One that holds if nothing speaks against it. */
    public static Claim unless(String claim, String detail, Collection<String> against) {
        String more = against.isEmpty() ? "" : "; " + against.size() + " speak against it";
        return new Claim(
                claim,
                against.isEmpty(),
                detail + more,
                against.stream().limit(NAMED).toList());
    }
}
