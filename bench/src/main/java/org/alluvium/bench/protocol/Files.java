package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.alluvium.contracts.shard.ShardFile;

/**
 * The files of a corpus. What one held stays known after it was destroyed, so that it can be told what was lost.
 *
 * @param all files that ever were, by path
 */
record Files(SortedMap<String, Content> all) {

    static final int HOLE = 0;
    static final Files NONE = new Files(new TreeMap<>());

    /**
     * A file.
     *
     * @param rows numbers of records, or {@link #HOLE}
     * @param era how many attempts of the ingest job had begun when it was written
     * @param whole whether it is what it was to be
     * @param exists whether it is still there
     */
    record Content(List<Integer> rows, int era, boolean whole, boolean exists) {}

    Files {
        all = Collections.unmodifiableSortedMap(all);
    }

    Content at(String path) {
        return all.get(path);
    }

    boolean has(String path) {
        return all.containsKey(path) && all.get(path).exists();
    }

    private Files put(String path, Content content) {
        SortedMap<String, Content> more = new TreeMap<>(all);
        more.put(path, content);
        return new Files(more);
    }

    Files write(String path, List<Integer> rows, int era) {
        return put(path, new Content(List.copyOf(rows), era, true, true));
    }

    Files damage(String path) {
        Content old = at(path);
        return put(path, new Content(old.rows(), old.era(), false, old.exists()));
    }

    Files destroy(Iterable<String> paths) {
        Files less = this;
        for (String path : paths) {
            if (less.has(path)) {
                Content old = less.at(path);
                less = less.put(path, new Content(old.rows(), old.era(), old.whole(), false));
            }
        }
        return less;
    }

    /** What the log says of a file. */
    ShardFile named(String path) {
        return named(path, at(path).rows());
    }

    /** What the log says of a file that holds these rows. */
    static ShardFile named(String path, List<Integer> rows) {
        return new ShardFile(path, rows.size(), 0, 0, "", Map.of(), 0, 0);
    }

    /** Rows of which those that are out are holes. */
    static List<Integer> withHoles(List<Integer> rows, IntPredicate out) {
        List<Integer> less = new ArrayList<>();
        rows.forEach(row -> less.add(out.test(row) ? HOLE : row));
        return less;
    }
}
