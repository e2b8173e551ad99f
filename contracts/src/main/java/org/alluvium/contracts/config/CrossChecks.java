package org.alluvium.contracts.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What no key can tell alone: values that must fit each other. */
final class CrossChecks {

    /** Takes what is wrong with a key. */
    @FunctionalInterface
    interface Report {
        void problem(String key, String what, String allowed);
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** What one message of Kafka can be. */
    private static final Set<SourceConfig.Format> OF_MESSAGES = EnumSet.of(
            SourceConfig.Format.JSONL,
            SourceConfig.Format.AVRO,
            SourceConfig.Format.TEXT,
            SourceConfig.Format.LUCENE_LINES);

    private final AlluviumConfig config;
    private final Map<String, Position> positions;
    private final Position root;
    private final Problems problems;

    CrossChecks(AlluviumConfig config, Map<String, Position> positions, Position root, Problems problems) {
        this.config = config;
        this.positions = positions;
        this.root = root;
        this.problems = problems;
    }

    void run() {
        folders();
        families();
        sources();
        ingest(config.ingest());
        FilterChecks.run(config.filters(), this::problem);
        namesOfSources();
        s3(config.s3());
        GatewayChecks.run(config, this::problem);
        model(config.model());
        schedule(config.train());
        batchRamp(config.train());
        suites(config.train().eval().suites());
        probes(config.train().probes().texts());
        DashboardChecks.run(config.dashboard(), this::problem);
        ClusterChecks.run(config.cluster(), this::problem);
    }

    private void folders() {
        Path run = config.train().run();
        boolean together = config.corpus().dir().folder().stream()
                .anyMatch(corpus -> run.startsWith(corpus) || corpus.startsWith(run));
        if (together) {
            problem("train.run", "is in the same place as corpus.dir", "folders of which neither lies in the other");
        }
    }

    private void families() {
        String allowed = "letters, digits, '-' and '_', beginning with a letter or digit, at most 64";
        String family = config.corpus().family();
        if (!NAME.matcher(family).matches()) {
            problem("corpus.family", "is '" + family + "'", allowed);
        }
        List<String> read = config.train().families();
        for (int i = 0; i < read.size(); i++) {
            String key = "train.families[" + i + "]";
            if (!NAME.matcher(read.get(i)).matches()) {
                problem(key, "is '" + read.get(i) + "'", allowed);
            } else if (read.indexOf(read.get(i)) < i) {
                problem(key, "is there twice", "each family once");
            }
        }
    }

    private void sources() {
        Map<String, Integer> firstOf = new HashMap<>();
        List<SourceConfig> sources = config.sources();
        for (int i = 0; i < sources.size(); i++) {
            String key = "sources[" + i + "]";
            source(sources.get(i), key);
            Integer first = firstOf.putIfAbsent(sources.get(i).name(), i);
            if (first != null) {
                problem(
                        key + ".name",
                        "is '" + sources.get(i).name() + "' as in sources[" + first + "]",
                        "a name of its own for every source");
            }
        }
    }

    private void source(SourceConfig source, String key) {
        if (!NAME.matcher(source.name()).matches()) {
            problem(
                    key + ".name",
                    "is '" + source.name() + "'",
                    "letters, digits, '-' and '_', beginning with a letter or digit, at most 64");
        }
        if (source.path().isPresent() == source.kafka().isPresent()) {
            problem(
                    key,
                    source.path().isPresent() ? "has both a path and kafka" : "has neither a path nor kafka",
                    "one of the two");
        }
        if (source.path().filter(path -> path.isWithin(config.corpus().dir())).isPresent()) {
            problem(
                    key + ".path",
                    "lies in corpus.dir, which is output",
                    "a folder outside " + config.corpus().dir());
        }
        if (source.fields().text().isEmpty()) {
            problem(key + ".fields.text", "is empty", "the name of a field");
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + source.files().pattern());
        } catch (PatternSyntaxException e) {
            problem(
                    key + ".files.pattern",
                    "is no glob: " + e.getDescription(),
                    "a glob such as *.jsonl or part-{1,2}*");
        }
        format(source, key + ".format");
        source.kafka().ifPresent(kafka -> {
            kafka(kafka, key + ".kafka");
            schemas(source, kafka, key + ".kafka");
            AccessChecks.kafka(kafka, key + ".kafka", this::problem);
        });
    }

    private void format(SourceConfig source, String key) {
        if (source.kafka().isEmpty() && source.format() == SourceConfig.Format.AVRO) {
            problem(key, "is avro, which only messages of Kafka are", "a format of files");
        }
        if (source.kafka().isPresent() && !OF_MESSAGES.contains(source.format())) {
            problem(
                    key,
                    "is " + source.format().name().toLowerCase(Locale.ROOT) + ", which only files are",
                    "jsonl, avro, text or lucene_lines");
        }
    }

    private void schemas(SourceConfig source, KafkaConfig kafka, String key) {
        boolean avro = source.format() == SourceConfig.Format.AVRO;
        if (!avro && kafka.registry().isPresent()) {
            problem(key + ".registry", "is given", "none unless the format is avro");
        }
        if (!avro && kafka.schema().isPresent()) {
            problem(key + ".schema", "is given", "none unless the format is avro");
        }
        kafka.registry()
                .ifPresent(address -> AccessChecks.address(
                        address,
                        key + ".registry",
                        "kafka.registryAccess with user and passwordFile",
                        "http://localhost:8081",
                        this::problem));
    }

    private void kafka(KafkaConfig kafka, String key) {
        if (kafka.topics().isEmpty() == kafka.topicPattern().isEmpty()) {
            problem(
                    key + ".topics",
                    kafka.topics().isEmpty()
                            ? "is empty, and there is no topicPattern"
                            : "is given beside topicPattern",
                    "one of the two");
        }
        kafka.topicPattern().ifPresent(pattern -> {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                problem(
                        key + ".topicPattern",
                        "is no regular expression: " + e.getDescription(),
                        "one such as news-.*");
            }
        });
        boolean timed = kafka.start() == KafkaConfig.Start.TIMESTAMP;
        if (timed != kafka.startTime().isPresent()) {
            problem(
                    key + ".startTime",
                    timed ? "is missing with start: timestamp" : "means something only with start: timestamp",
                    "a time such as 2026-01-31T00:00:00Z with start: timestamp, and none without");
        }
        kafka.startTime().ifPresent(time -> {
            try {
                Instant.parse(time);
            } catch (DateTimeException e) {
                problem(key + ".startTime", "is '" + time + "'", "a time in UTC such as 2026-01-31T00:00:00Z");
            }
        });
    }

    private void s3(S3Config s3) {
        if (s3.accessKey().isPresent() != s3.secretKeyFile().isPresent()) {
            problem(
                    s3.accessKey().isPresent() ? "s3.accessKey" : "s3.secretKeyFile",
                    "is given alone",
                    "both of accessKey and secretKeyFile, or neither");
        }
        s3.endpoint()
                .ifPresent(address -> AccessChecks.address(
                        address,
                        "s3.endpoint",
                        "s3.accessKey and secretKeyFile",
                        "http://localhost:9000",
                        this::problem));
    }

    private void ingest(IngestConfig ingest) {
        if (ingest.parallelism() > ingest.maxParallelism()) {
            problem(
                    "ingest.parallelism",
                    "is " + ingest.parallelism() + ", more than ingest.maxParallelism",
                    "at most " + ingest.maxParallelism());
        }
        if (ingest.orphanGrace().compareTo(ingest.checkpointInterval()) <= 0) {
            problem(
                    "ingest.orphanGrace",
                    "is not longer than ingest.checkpointInterval, so that new shards could be taken for orphans",
                    "several times ingest.checkpointInterval");
        }
    }

    private void namesOfSources() {
        Set<String> names = config.sources().stream().map(SourceConfig::name).collect(Collectors.toUnmodifiableSet());
        WeightsChecks.run(
                config.mixture().weights(),
                names,
                (key, what, allowed) -> problem("mixture.weights." + key, what, allowed));
        List<String> judged = config.filters().quality().sources();
        for (int i = 0; i < judged.size(); i++) {
            if (!names.contains(judged.get(i))) {
                problem(
                        "filters.quality.sources[" + i + "]",
                        "is '" + judged.get(i) + "', and no source is called so",
                        "one of " + names.stream().sorted().toList());
            }
        }
    }

    private void model(ModelConfig model) {
        model.heads().ifPresent(heads -> {
            model.kvHeads()
                    .filter(kvHeads -> heads % kvHeads != 0)
                    .ifPresent(kvHeads -> problem(
                            "model.kvHeads",
                            "is " + kvHeads + " with " + heads + " heads",
                            "a divisor of model.heads"));
            model.channels()
                    .filter(channels -> channels % (2 * heads) != 0)
                    .ifPresent(channels -> problem(
                            "model.channels",
                            "is " + channels + " with " + heads + " heads",
                            "an even multiple of model.heads, since rotary positions turn pairs of channels"));
        });
    }

    private void schedule(TrainConfig train) {
        OptimizerConfig optimizer = train.optimizer();
        if (train.steps() == 0 && optimizer.schedule() == OptimizerConfig.Schedule.COSINE) {
            problem("train.optimizer.schedule", "is cosine but train.steps is 0, for ever", "wsd, or a train.steps");
        }
        if (train.steps() == 0 && optimizer.weightDecaySchedule() == OptimizerConfig.WeightDecaySchedule.LINEAR) {
            problem(
                    "train.optimizer.weightDecaySchedule",
                    "is linear but train.steps is 0, for ever",
                    "constant, or a train.steps");
        }
        long decay = optimizer.decaySteps();
        if (decay == 0) {
            return;
        }
        if (optimizer.schedule() == OptimizerConfig.Schedule.COSINE) {
            problem("train.optimizer.decaySteps", "is " + decay + ", and a cosine falls all the way", "0 with cosine");
        } else if (train.steps() == 0) {
            problem(
                    "train.optimizer.decaySteps",
                    "is " + decay + " but train.steps is 0, for ever",
                    "0, or a train.steps to end at");
        } else if (optimizer.warmupSteps() + decay > train.steps()) {
            problem(
                    "train.optimizer.decaySteps",
                    "is " + decay + ", which with warmupSteps is more than train.steps",
                    "at most " + Math.max(0, train.steps() - optimizer.warmupSteps()));
        }
    }

    private void suites(List<SuiteConfig> suites) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < suites.size(); i++) {
            if (!names.add(suites.get(i).name())) {
                problem(
                        "train.eval.suites[" + i + "].name",
                        "is '" + suites.get(i).name() + "' as that of another suite",
                        "a name of its own for every suite");
            }
        }
    }

    private void probes(List<String> texts) {
        if (texts.size() > ProbesConfig.MOST) {
            problem("train.probes.texts", "has " + texts.size() + " texts", "at most " + ProbesConfig.MOST);
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.isBlank() || text.length() > ProbesConfig.LONGEST) {
                problem(
                        "train.probes.texts[" + i + "]",
                        text.isBlank() ? "is blank" : "has " + text.length() + " characters",
                        "a text of at most " + ProbesConfig.LONGEST + " characters");
            } else if (texts.indexOf(text) < i) {
                problem("train.probes.texts[" + i + "]", "is there twice", "each text once");
            }
        }
    }

    private void batchRamp(TrainConfig train) {
        BatchRampConfig ramp = train.batchRamp();
        if (ramp.steps() > 0 && ramp.from() > train.accumulate()) {
            problem(
                    "train.batchRamp.from",
                    "is " + ramp.from() + ", more than train.accumulate",
                    "at most " + train.accumulate());
        }
    }

    /** Reports at the key, or where it is absent, at the nearest group around it that is not. */
    private void problem(String key, String what, String allowed) {
        problems.add(Position.nearest(key, positions).orElse(root), key, what, allowed);
    }
}
