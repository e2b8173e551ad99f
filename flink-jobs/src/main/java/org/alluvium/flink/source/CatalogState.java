package org.alluvium.flink.source;

import java.util.List;

/**
 * The state of a {@link SplitCatalog}.
 *
 * @param nextSequence sequence of the next split that will be made
 * @param pending splits that no reader has, by sequence
 * @param known every file that is remembered
 */
record CatalogState(long nextSequence, List<FileSplit> pending, List<KnownFile> known) {

    static final CatalogState EMPTY = new CatalogState(0, List.of(), List.of());

    CatalogState {
        pending = List.copyOf(pending);
        known = List.copyOf(known);
    }
}
