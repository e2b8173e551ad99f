package org.alluvium.flink.job;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.CodeVersion;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.IngestConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.dedup.Deduplication;
import org.alluvium.flink.dedup.NearDedup;
import org.alluvium.flink.intake.ArriveOperator;
import org.alluvium.flink.intake.SourceWatermarks;
import org.alluvium.flink.judge.ChainFactory;
import org.alluvium.flink.judge.JudgeOperator;
import org.alluvium.flink.kafka.KafkaSources;
import org.alluvium.flink.lines.LineDedup;
import org.alluvium.flink.mixture.MixtureOperator;
import org.alluvium.flink.mixture.Weights;
import org.alluvium.flink.sample.Sampling;
import org.alluvium.flink.sink.CommitProbe;
import org.alluvium.flink.sink.CorpusPlace;
import org.alluvium.flink.sink.ShardSink;
import org.alluvium.flink.sink.SinkSettings;
import org.alluvium.flink.source.FilesSource;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.ArrivalSerializer;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.flink.versions.Versions;
import org.alluvium.tokenizer.document.TokenizerRecipe;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the ingest job.
 *
 * <pre>
 *  sources ─► arrive ─► judge ═by document═► versions ═by content hash═► dedup ─► mix ─► tokenize ─► shard writer
 *  │ dead letters, │ counts │ rejects          │ changes                   │        │ left out           ║ to one
 *  │ skipped       │        │                  │                           │ dupli- │                    ▼
 *  │               │        │                  │                           │ cates  │                committer
 *  └───────────────┴────────┴──────────────────┴───────────────────────────┴────────┴─► all go the same way, so
 *                                                                                  that one log entry holds them
 * </pre>
 *
 * Single lines are calls within one task, double lines are exchanges. With parallelism 1 every exchange keeps its order,
 * so rows come out in the order of the input. Each source has watermarks of its own, which tell how far it is; nothing waits
 * for them.
 *
 * <p>Uids name the operators in savepoints and never change.
 */
public final class IngestJob {

    /** Parts of the names of tasks that run once, whatever the parallelism of the job. */
    private static final List<String> SINGLE = List.of(ShardSink.COMMITTER, NearDedup.ORDER);

    private IngestJob() {}

    /**
     * Whether a task must not be rescaled, because its one subtask is what puts things in order.
     *
     * @param task operators that run as one, as Flink names them
     */
    public static boolean runsOnce(String task) {
        return SINGLE.stream().anyMatch(task::contains);
    }

    /** Builds the whole job: reads the configured sources, ends in the corpus. */
    public static void build(StreamExecutionEnvironment environment, AlluviumConfig config, IngestOptions options) {
        build(environment, config, Inputs.of(config), options, CommitProbe.NONE);
    }

    /** The same with other inputs. */
    static void build(
            StreamExecutionEnvironment environment,
            AlluviumConfig config,
            Inputs inputs,
            IngestOptions options,
            CommitProbe probe) {
        assemble(read(environment, config, inputs), config, options, probe);
    }

    /** The job up to what is kept, which ends in a sample instead of a corpus. */
    static void buildSample(
            StreamExecutionEnvironment environment, AlluviumConfig config, Inputs inputs, Sample sample) {
        DataStream<Outcome> decided = decide(read(environment, config, inputs), config);
        Sampling.append(decided, sample.text(), sample.documents(), sample.seed());
    }

    private static DataStream<Outcome> read(
            StreamExecutionEnvironment environment, AlluviumConfig config, Inputs inputs) {
        List<DataStream<Outcome>> read = new ArrayList<>();
        List<SourceConfig> folders = inputs.read().stream()
                .filter(source -> source.path().isPresent())
                .toList();
        if (!folders.isEmpty()) {
            read.add(arrive("files", files(environment, folders, inputs.known(), config.ingest())));
        }
        for (SourceConfig source : inputs.read()) {
            if (source.kafka().isPresent()) {
                DataStream<Arrival> topics =
                        KafkaSources.read(environment, source, config.ingest().maxLineBytes());
                read.add(arrive("kafka-" + source.name(), topics));
            }
        }
        return read.stream().reduce(DataStream::union).orElseThrow();
    }

    /** All folders are one source, whose records have one order. */
    private static DataStream<Arrival> files(
            StreamExecutionEnvironment environment,
            List<SourceConfig> folders,
            List<SourceConfig> known,
            IngestConfig ingest) {
        return environment
                .fromSource(
                        FilesSource.of(folders, known, ingest),
                        SourceWatermarks.of(folders),
                        "Read files",
                        ArrivalSerializer.TYPE)
                .uid("files");
    }

    private static DataStream<Outcome> arrive(String source, DataStream<Arrival> arrivals) {
        return arrivals.transform("Arrive", OutcomeSerializer.TYPE, new ArriveOperator())
                .uid("arrive-" + source);
    }

    /** Everything behind the sources. */
    static void assemble(DataStream<Outcome> read, AlluviumConfig config, IngestOptions options, CommitProbe probe) {
        TokenizerRecipe tokenizer = TokenizerRecipe.of(config.tokenizer());
        SinkSettings settings = sinkSettings(config, tokenizer, options);
        DataStream<Outcome> rows = decide(read, config)
                .map(new Tokenize(tokenizer), OutcomeSerializer.TYPE)
                .name("Tokenize")
                .uid("tokenize");
        ShardSink.append(rows, settings, probe);
    }

    /** What is kept, as candidates, and what has become of all else. */
    private static DataStream<Outcome> decide(DataStream<Outcome> read, AlluviumConfig config) {
        JudgeOperator judge = new JudgeOperator(
                ChainFactory.of(config.filters()), config.ingest().rejectSample());
        DataStream<Outcome> documents = config.dedup().lines().enabled()
                ? LineDedup.of(read, config.dedup().lines())
                : read;
        DataStream<Outcome> candidates = documents
                .transform("Judge", OutcomeSerializer.TYPE, judge)
                .uid("judge")
                .keyBy(Outcome::identity, ContentHashSerializer.TYPE)
                .process(new Versions(config.ingest().dedupTtl()), OutcomeSerializer.TYPE)
                .name("Compare versions")
                .uid("versions");
        return Deduplication.of(candidates, config.ingest().dedupTtl(), config.dedup())
                .transform("Mix", OutcomeSerializer.TYPE, new MixtureOperator(Weights.of(config)))
                .uid("mixture");
    }

    private static SinkSettings sinkSettings(AlluviumConfig config, TokenizerRecipe tokenizer, IngestOptions options) {
        return new SinkSettings(
                CorpusPlace.of(config),
                FamilyRecipe.of(config, tokenizer),
                FilterPolicy.of(config).digest(),
                CodeVersion.current(),
                config.ingest().shardTargetBytes(),
                config.ingest().orphanGrace(),
                config.tokenizer().drift(),
                options.continueCorpus());
    }
}
