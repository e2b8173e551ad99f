package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    private static final Path BASE = Path.of("/data/alluvium");

    @Test
    void anEmptyFileIsAllDefaults() {
        AlluviumConfig config = load("");

        assertThat(config.corpus().dir().folder()).contains(BASE.resolve("corpus"));
        assertThat(config.sources()).isEmpty();
        assertThat(config.ingest().checkpointInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.tokenizer().model()).isEmpty();
        assertThat(config.model().preset()).isEqualTo(ModelConfig.Preset.SMALL);
        assertThat(config.train().eval().prompts()).contains("Herr Präsident,");
        assertThat(config.train().optimizer().method()).isEqualTo(OptimizerConfig.Method.MUON);
        assertThat(config.train().optimizer().peakLearningRate()).isEqualTo(1e-2);
    }

    @Test
    void everyKindOfValueIsRead() {
        AlluviumConfig config = load("""
                sources:
                  - name: crawl
                    path: in
                    format: lucene_lines
                    follow: false
                ingest:
                  shardTargetBytes: 64Mi
                  checkpointInterval: 500ms
                  dedupTtl: 30d
                model: { kvHeads: 2, normEpsilon: 1e-6, tiedEmbeddings: false }
                tokenizer: { model: /models/a.model }
                train:
                  eval: { prompts: ["one, two", three] }
                """);

        SourceConfig source = config.sources().get(0);
        assertThat(source.path()).contains(Location.of(BASE.resolve("in")));
        assertThat(source.path().flatMap(Location::folder)).contains(BASE.resolve("in"));
        assertThat(source.format()).isEqualTo(SourceConfig.Format.LUCENE_LINES);
        assertThat(source.follow()).isFalse();
        assertThat(config.ingest().shardTargetBytes()).isEqualTo(64L << 20);
        assertThat(config.ingest().checkpointInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.ingest().dedupTtl()).isEqualTo(Duration.ofDays(30));
        assertThat(config.model().kvHeads()).isEqualTo(Optional.of(2));
        assertThat(config.model().normEpsilon()).isEqualTo(1e-6);
        assertThat(config.model().tiedEmbeddings()).isFalse();
        assertThat(config.tokenizer().model()).contains(Path.of("/models/a.model"));
        assertThat(config.train().eval().prompts()).containsExactly("one, two", "three");
    }

    @Test
    void anUnknownKeyNamesItsPlaceTheKeysThereAreAndTheNearestOne() {
        assertThatThrownBy(() -> load("train:\n  bacth: 4\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "a.yaml:2:3: key 'train.bacth': is unknown; allowed: run, archive, archiveWithin, archivePatience, initFrom, seed, steps,")
                .hasMessageContaining("did you mean 'batch'?");
    }

    @Test
    void aKeyInTheWrongGroupIsToldWhereItBelongs() {
        assertThatThrownBy(() -> load("learningRate: 1e-4\n"))
                .hasMessageContaining("did you mean 'train.optimizer.learningRate'?");
    }

    @Test
    void namesWrittenInAnotherStyleAreRecognized() {
        assertThatThrownBy(() -> load("model:\n  kv-heads: 4\n")).hasMessageContaining("did you mean 'kvHeads'?");
        assertThatThrownBy(() -> load("model:\n  kv_heads: 4\n")).hasMessageContaining("did you mean 'kvHeads'?");
    }

    @Test
    void aMissingRequiredKeyIsNamed() {
        assertThatThrownBy(() -> load("sources:\n  - path: a\n"))
                .hasMessageContaining("a.yaml:2:5: key 'sources[0].name': is missing; allowed: a text");
    }

    @Test
    void allErrorsAreSaidAtOnce() {
        assertThatThrownBy(() -> load("train: {batch: 0, steps: x}\nmodel: 3\ncolour: red\n", "ingest.paralelism=2"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessageStartingWith("a.yaml: the configuration has 5 errors.")
                .hasMessageContaining("a.yaml:1:16: key 'train.batch': is '0'; allowed: an integer from 1 to 65536")
                .hasMessageContaining("a.yaml:1:26: key 'train.steps': is 'x'; allowed: an integer of at least 0")
                .hasMessageContaining("a.yaml:2:8: key 'model': is '3'; allowed: a group of keys: preset, context")
                .hasMessageContaining("a.yaml:3:1: key 'colour': is unknown; allowed: corpus, sources")
                .hasMessageContaining("command line: key 'ingest.paralelism': is unknown");
    }

    @Test
    void whatIsNotOfTheRightTypeIsRefused() {
        assertProblem("train: {batch: 1.5}", "key 'train.batch': is '1.5'; allowed: an integer from 1 to 65536");
        assertProblem("train: {batch: \"8\"}", "key 'train.batch': is the text \"8\"; allowed: an integer");
        assertProblem("train: {batch: [8]}", "key 'train.batch': is a list; allowed: an integer");
        assertProblem("train: {batch: }", "key 'train.batch': has no value; allowed: an integer");
        assertProblem("train: {steps: 9999999999999999999}", "key 'train.steps': is '9999999999999999999'");
        assertProblem("model: {ropeTheta: NaN}", "key 'model.ropeTheta': is 'NaN'; allowed: a number of at least 1");
        assertProblem("model: {tiedEmbeddings: yes}", "is 'yes'; allowed: true or false");
        assertProblem("model: {preset: smal}", "allowed: tiny, small, base, gpt2; did you mean 'small'?");
        assertProblem("ingest: {orphanGrace: 60}", "is '60'; allowed: a duration such as 500ms, 2s, 5m, 1h or 365d");
        assertProblem("train: {eval: {prompts: hello}}", "key 'train.eval.prompts': is 'hello'; allowed: a list");
        assertProblem("train: {eval: {prompts: [a, ~]}}", "key 'train.eval.prompts[1]': has no value; allowed: a text");
        assertProblem("- a\n- b", "is a list; allowed: a group of keys: corpus, sources");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertProblem(
                "train:\n  batch: 1\n  batch: 2\n",
                "a.yaml:3:3: key 'train.batch': is given twice, first at a.yaml:2:3");
    }

    @Test
    void valuesThatDoNotFitEachOtherAreRefused() {
        assertProblem("model: {heads: 6, kvHeads: 4}", "key 'model.kvHeads': is 4 with 6 heads");
        assertProblem("model: {heads: 6, channels: 100}", "key 'model.channels': is 100 with 6 heads");
        assertProblem("train: {optimizer: {decaySteps: 10}}", "is 10 but train.steps is 0");
        assertProblem("train: {steps: 55, optimizer: {decaySteps: 10}}", "allowed: at most 5");
        assertProblem("ingest: {parallelism: 200}", "allowed: at most 128");
        assertProblem("ingest: {checkpointInterval: 2h}", "key 'ingest.orphanGrace': is not longer");
        assertProblem("train: {run: corpus/run}", "key 'train.run': is in the same place as corpus.dir");
        assertProblem("sources: [{name: a, path: corpus/shards}]", "lies in corpus.dir, which is output");
        assertProblem("sources: [{name: a/b, path: in}]", "key 'sources[0].name': is 'a/b'");
        assertProblem(
                "sources: [{name: a, path: in, files: {pattern: \"{\"}}]",
                "key 'sources[0].files.pattern': is no glob");
        assertProblem(
                "sources: [{name: a, path: x}, {name: a, path: y}]",
                "a.yaml:1:38: key 'sources[1].name': is 'a' as in sources[0]");
        assertProblem(
                "train: {eval: {suites: [{name: a, format: blimp, path: x}, {name: a, format: lambada, path: y}]}}",
                "key 'train.eval.suites[1].name': is 'a' as that of another suite");
    }

    @Test
    void aSourceIsEitherFilesOrKafka() {
        assertProblem("sources: [{name: a}]", "key 'sources[0]': has neither a path nor kafka");
        assertProblem(
                "sources: [{name: a, path: x, kafka: {brokers: b, topics: [t]}}]",
                "key 'sources[0]': has both a path and kafka");
        assertProblem("sources: [{name: a, kafka: {brokers: b}}]", "'sources[0].kafka.topics': is empty");
        assertProblem("sources: [{name: a, kafka: {topics: [t]}}]", "'sources[0].kafka.brokers': is missing");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topicPattern: '('}}]",
                "'sources[0].kafka.topicPattern': is no regular expression");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topics: [t], start: timestamp}}]",
                "'sources[0].kafka.startTime': is missing");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topics: [t], start: timestamp, startTime: soon}}]",
                "'sources[0].kafka.startTime': is 'soon'");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topics: [t], registry: 'http://r:1'}}]",
                "'sources[0].kafka.registry': is given");
        assertProblem(
                "sources: [{name: a, format: avro, kafka: {brokers: b, topics: [t], registry: 'r:1'}}]",
                "'sources[0].kafka.registry': is 'r:1'");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topics: [t], schema: a.avsc}}]",
                "'sources[0].kafka.schema': is given");
        assertProblem(
                "sources: [{name: a, kafka: {brokers: b, topics: [t], properties: {x: [1]}}}]",
                "'sources[0].kafka.properties.x': is a list; allowed: a text");
    }

    @Test
    void whatIsShownToServersIsCompleteAndNoSecretIsInAnAddress() {
        assertProblem(kafka("access: {user: me}"), "kafka.access.user': is given alone");
        assertProblem(kafka("access: {keyStore: k}"), "kafka.access.keyStore': is given alone");
        assertProblem(
                kafka("access: {tls: false, mechanism: plain, user: u, passwordFile: p}"), "kafka.access.mechanism'");
        assertProblem(
                kafka("access: {caFile: c}, properties: {security.protocol: SSL}"),
                "kafka.properties.security.protocol': is given beside kafka.access");
        assertProblem(kafka("registryAccess: {tokenFile: t}"), "kafka.registryAccess': is given without registry");
        assertProblem("s3: {endpoint: 'https://me:hidden@s3:9000'}", "'s3.endpoint': holds a user");
        assertThatThrownBy(() -> load("cluster: {jobManager: 'https://me:hidden@flink:8081'}"))
                .hasMessageContaining("'cluster.jobManager': holds a user")
                .hasMessageContaining("cluster.access")
                .hasMessageNotContaining("hidden");
    }

    private static String kafka(String keys) {
        return "sources: [{name: a, kafka: {brokers: b, topics: [t], " + keys + "}}]";
    }

    @Test
    void messagesOfKafkaAreRecordsAndFilesAreNotAvro() {
        assertProblem(
                "sources: [{name: a, path: x, format: avro}]",
                "'sources[0].format': is avro, which only messages of Kafka are");
        for (String format : List.of("parquet", "markdown", "mediawiki", "mbox", "mail", "html", "warc", "wet")) {
            assertProblem(
                    "sources: [{name: a, format: " + format + ", kafka: {brokers: b, topics: [t]}}]",
                    "'sources[0].format': is " + format
                            + ", which only files are; allowed: jsonl, avro, text or lucene_lines");
        }
        for (String format : List.of("jsonl", "avro", "text", "lucene_lines")) {
            String yaml = "sources: [{name: a, format: " + format + ", kafka: {brokers: b, topics: [t]}}]";
            assertThat(load(yaml).sources()).hasSize(1);
        }
    }

    @Test
    void aSourceMayLieInAnObjectStoreAndIsCarriedToTasksAsItIs() {
        AlluviumConfig config = load("""
                sources:
                  - {name: s3, path: "s3://bucket/prefix"}
                  - name: topic
                    format: avro
                    kafka:
                      brokers: b1:9092,b2:9092
                      topics: [t]
                      start: timestamp
                      startTime: 2026-01-31T00:00:00Z
                      schema: d.avsc
                      properties: {security.protocol: SSL}
                """);

        assertThat(config.sources().get(0).path()).contains(Location.parse("s3://bucket/prefix", BASE));
        assertThat(config.sources().get(0).path().flatMap(Location::folder)).isEmpty();
        assertThat(config.sources().get(1).kafka().orElseThrow().properties())
                .containsExactly(Map.entry("security.protocol", "SSL"));
        for (SourceConfig source : config.sources()) {
            assertThat(ConfigJson.read(ConfigJson.write(source), SourceConfig.class))
                    .isEqualTo(source);
        }
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsPlace() {
        assertProblem("train: {batch: 1\n", "a.yaml:2:1: this is not YAML:");
        assertProblem("a: &x [*x]", "nested more than 32 deep");
        assertProblem("? [a]\n: b", "a list or a group cannot be a key");
    }

    @Test
    void theCommandLineHasPrecedence() {
        AlluviumConfig config = load(
                "train: {steps: 5, batch: 2}\nsources: [{name: a, path: x}]\n",
                "train.steps=100",
                "train.eval.prompts=[p, q]",
                "sources[0].follow=false",
                "sources[1].name=b",
                "sources[1].path=y",
                "train.steps=1Ki");

        assertThat(config.train().steps()).isEqualTo(1024);
        assertThat(config.train().batch()).isEqualTo(2);
        assertThat(config.train().eval().prompts()).containsExactly("p", "q");
        assertThat(config.sources().get(0).follow()).isFalse();
        assertThat(config.sources().get(0).path()).contains(Location.of(BASE.resolve("x")));
        assertThat(config.sources().get(1).path()).contains(Location.of(Path.of("y")));
    }

    @Test
    void overridesThatCannotBeAppliedAreRefused() {
        assertProblem("", "command line: 'steps' is not of the form key=value", "steps");
        assertProblem("", "command line: 'a..b=1' is not of the form", "a..b=1");
        assertProblem("", "command line: key 'train.steps': is '-1'; allowed", "train.steps=-1");
        assertProblem("", "command line: key 'train.steps': has no value", "train.steps=");
        assertProblem("train: {steps: 1}", "goes into something that is '1' at a.yaml:1:16", "train.steps.x=1");
        assertProblem("", "is beyond the end of the list; allowed: [0] to [0]", "sources[3].name=a");
        assertProblem("", "command line: this is not YAML", "train.eval.prompts=[a");
    }

    @Test
    void whatAFileSaysOfAnOptionalKeyIsTakenBackByNoValue() {
        String yaml = "train: {archive: copies, device: gpu}";
        assertThat(load(yaml).train().archive()).isPresent();

        TrainConfig train = load(yaml, "train.archive=").train();

        assertThat(train.archive()).isEmpty();
        assertThat(train.device()).contains("gpu");
    }

    @Test
    void aFileOfOverridesIsMergedKeyByKeyAndIsRelativeToItsOwnFolder(@TempDir Path dir) throws IOException {
        Path place = Files.writeString(dir.resolve("place.yaml"), """
                corpus: { dir: there }
                train:
                  batch: 16
                  eval: { prompts: [b] }
                """);

        AlluviumConfig config = load(
                "train: { seed: 7, batch: 2, eval: { prompts: [a, a], sampleTokens: 3 } }",
                "train.batch=4",
                "@" + place,
                "train.eval.sampleTokens=5");

        assertThat(config.corpus().dir().folder()).contains(dir.resolve("there"));
        assertThat(config.train().seed()).isEqualTo(7);
        assertThat(config.train().batch()).isEqualTo(16);
        assertThat(config.train().eval().prompts()).containsExactly("b");
        assertThat(config.train().eval().sampleTokens()).isEqualTo(5);
    }

    @Test
    void whatIsWrongInAFileOfOverridesIsToldAtItsLine(@TempDir Path dir) throws IOException {
        Path place = Files.writeString(dir.resolve("place.yaml"), "train:\n  bacth: 4\n");

        assertProblem("", "place.yaml:2:3: key 'train.bacth': is unknown", "@" + place);
        assertThatThrownBy(() -> load("", "@" + dir.resolve("missing.yaml")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("missing.yaml");
    }

    @Test
    void aFileIsReadRelativeToItsFolder(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("alluvium.yaml"), "corpus: {dir: data}\n");

        assertThat(ConfigLoader.load(file, List.of()).corpus().dir().folder()).contains(dir.resolve("data"));
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsRefusedInWords(@TempDir Path dir) throws IOException {
        Path binary = Files.write(dir.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> ConfigLoader.load(dir.resolve("none.yaml"), List.of()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("none.yaml: there is no configuration file of this name");
        assertThatThrownBy(() -> ConfigLoader.load(binary, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the file is not UTF-8");
    }

    private static AlluviumConfig load(String yaml, String... overrides) {
        return ConfigLoader.parse(yaml, "a.yaml", BASE, List.of(overrides));
    }

    private static void assertProblem(String yaml, String problem, String... overrides) {
        assertThatThrownBy(() -> load(yaml, overrides))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
