package org.alluvium.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.DocumentLoss;
import org.alluvium.trainer.days.HeldOutDays;
import org.alluvium.trainer.days.Learned;
import org.alluvium.trainer.days.Stratum;
import org.alluvium.trainer.eval.DayEvaluation;
import org.alluvium.trainer.model.TrainableModel;

/** Asks checkpoints about the same held-out documents of every day of a corpus. */
final class DayScoring {

    private final CorpusLayout corpus;
    private final int most;
    private final Function<Checkpoint, TrainableModel> models;
    private final ProgressLine progress;

    /**
     * @param most documents of a stratum
     * @param models makes a model of a checkpoint's weights
     */
    DayScoring(CorpusLayout corpus, int most, Function<Checkpoint, TrainableModel> models, ProgressLine progress) {
        this.corpus = corpus;
        this.most = most;
        this.models = models;
        this.progress = progress;
    }

    /**
     * What one checkpoint makes of the documents.
     *
     * @param learned from which days it had learned
     * @param losses of each document; the same documents in the same order for all checkpoints
     */
    record Scored(Checkpoint checkpoint, Learned learned, SortedMap<Stratum, List<DocumentLoss>> losses) {}

    /**
     * The losses of all checkpoints, which must be of one corpus and vocabulary.
     *
     * @throws MismatchException if they are not
     */
    List<Scored> score(List<Checkpoint> checkpoints) {
        Checkpoint first = checkpoints.getFirst();
        checkpoints.forEach(other -> requireSameCorpus(first, other));
        ShardOpener opener = new ShardOpener(corpus, first.vocabulary(), first.ends());
        TakenOut out = opener.files().takedowns().out();
        List<Learned> learned = checkpoints.stream()
                .map(checkpoint -> new Learned(
                        checkpoint.state().cursor(), checkpoint.state().plan(), out))
                .toList();
        ShardLog log = StoreShardLog.of(corpus);
        BatchPlan plan = first.state().plan();
        HeldOutDays days =
                new HeldOutDays(log, opener, new HeldOutSplit(heldOutByAll(checkpoints)), plan.selection(), most);
        progress.begin("reading held-out documents");
        days.readOn(new Reading(learned, rows(log), progress));
        SortedMap<Stratum, List<TrainingDocument>> documents = days.documents();
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < checkpoints.size(); i++) {
            scored.add(new Scored(checkpoints.get(i), learned.get(i), losses(checkpoints.get(i), documents)));
        }
        return scored;
    }

    /** What fewer documents hold out, more of them hold out as well. */
    private static int heldOutByAll(List<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .mapToInt(checkpoint -> checkpoint.state().plan().heldOutPermille())
                .min()
                .orElseThrow();
    }

    private static long rows(ShardLog log) {
        long rows = 0;
        for (LogEntry entry : log.readFrom(0)) {
            if (entry instanceof LogEntry.Commit commit) {
                rows += commit.shards().stream().mapToLong(ShardFile::rows).sum();
            }
        }
        return rows;
    }

    private SortedMap<Stratum, List<DocumentLoss>> losses(
            Checkpoint checkpoint, SortedMap<Stratum, List<TrainingDocument>> documents) {
        long all = documents.values().stream().mapToLong(List::size).sum();
        progress.begin("scoring step " + checkpoint.step());
        try (TrainableModel model = models.apply(checkpoint)) {
            return new DayEvaluation(model, () -> {}).losses(documents, done -> progress.at(done, all));
        }
    }

    private static void requireSameCorpus(Checkpoint first, Checkpoint other) {
        boolean sameVocabulary =
                first.vocabulary().digest().equals(other.vocabulary().digest());
        BatchPlan plan = first.state().plan();
        BatchPlan otherPlan = other.state().plan();
        if (!sameVocabulary
                || !first.ends().equals(other.ends())
                || !plan.selection().families().equals(otherPlan.selection().families())
                || !first.state()
                        .identity()
                        .corpusLineage()
                        .equals(other.state().identity().corpusLineage())) {
            throw new MismatchException(
                    "the two checkpoints were trained on other corpora, families or vocabularies, so there are no documents to"
                            + " ask both of them about",
                    first.path() + " and " + other.path(),
                    "Evaluate each by itself: bits per byte compare across vocabularies");
        }
    }

    /** Lets everybody hear the rows. */
    private static final class Reading implements HeldOutDays.Listener {

        private final List<Learned> learned;
        private final long all;
        private final ProgressLine progress;
        private long done;

        Reading(List<Learned> learned, long all, ProgressLine progress) {
            this.learned = learned;
            this.all = all;
            this.progress = progress;
        }

        @Override
        public void row(ShardRow row, LogEntry.Commit commit, Position at) {
            learned.forEach(each -> each.row(row, commit, at));
            progress.at(++done, all);
        }

        @Override
        public void read(LogEntry.Commit commit) {
            learned.forEach(each -> each.read(commit));
        }
    }
}
