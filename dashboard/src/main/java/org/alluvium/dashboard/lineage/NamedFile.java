package org.alluvium.dashboard.lineage;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.dashboard.lineage.CorpusIndex.Kind;

/** A file of records that a commit names. */
sealed interface NamedFile {

    /** The commit. */
    Commit commit();

    Kind kind();

    /** Which of the commit's files of its kind it is. */
    int index();

    String path();

    long records();

    default long entry() {
        return commit().sequence();
    }

    /** A shard. */
    record Rows(Commit commit, int index, ShardFile file) implements NamedFile {

        @Override
        public Kind kind() {
            return Kind.ROW;
        }

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long records() {
            return file.rows();
        }
    }

    /** Rejects, dead letters or changes. */
    record Others(Commit commit, Kind kind, int index, RecordFile file) implements NamedFile {

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long records() {
            return file.records();
        }
    }

    /** All files of a commit. */
    static List<NamedFile> of(Commit commit) {
        List<NamedFile> all = new ArrayList<>();
        for (int i = 0; i < commit.shards().size(); i++) {
            all.add(new Rows(commit, i, commit.shards().get(i)));
        }
        add(commit, Kind.REJECT, commit.rejects(), all);
        add(commit, Kind.DEAD_LETTER, commit.deadLetters(), all);
        add(commit, Kind.CHANGE, commit.changes(), all);
        return all;
    }

    private static void add(Commit commit, Kind kind, List<RecordFile> files, List<NamedFile> all) {
        for (int i = 0; i < files.size(); i++) {
            all.add(new Others(commit, kind, i, files.get(i)));
        }
    }
}
