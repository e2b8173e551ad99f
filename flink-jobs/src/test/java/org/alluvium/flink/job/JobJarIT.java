package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the jar that is submitted to clusters, and runs it. */
class JobJarIT {

    private static final Path JAR = Path.of(System.getProperty("alluvium.jobJar"));

    /** Packages of Flink's own distribution: a second copy of them in the job jar breaks a cluster in obscure ways. */
    private static final List<String> FLINKS_OWN = List.of(
            "org/apache/flink/",
            "org/rocksdb/",
            "com/esotericsoftware/",
            "org/slf4j/",
            "ch/qos/logback/",
            "javassist/");

    /** What is named like Flink's own and is not there. */
    private static final List<String> KAFKA_CONNECTOR = List.of(
            "org/apache/flink/connector/kafka/",
            "org/apache/flink/streaming/connectors/kafka/",
            "org/apache/flink/streaming/util/serialization/JSONKeyValueDeserializationSchema.class");

    /** What beside Flink's own jars is inside those of its distribution. */
    private static final List<String> IN_FLINKS_LIB = List.of(
            "com/esotericsoftware/",
            "com/google/code/findbugs/",
            "com/ververica/",
            "commons-cli/",
            "commons-collections/",
            "at/yawk/lz4/",
            "org/apache/commons/commons-math3/",
            "org/apache/commons/commons-text/",
            "org/javassist/",
            "org/objenesis/",
            "org/roaringbitmap/",
            "org/slf4j/slf4j-api/");

    private static final String TEXT =
            "What the river leaves behind is not what the spring flood took with it from the mountains. ";

    @TempDir
    Path folder;

    @Test
    void theJobJarHoldsWhatTheJobNeedsAndNothingOfFlinks() throws IOException {
        List<String> entries;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            entries = jar.stream().map(ZipEntry::getName).toList();
        }

        assertThat(entries)
                .contains(
                        "org/alluvium/flink/job/IngestJobMain.class",
                        "org/alluvium/contracts/log/StoreShardLog.class",
                        "org/alluvium/tokenizer/shard/ShardWriter.class",
                        "org/apache/parquet/hadoop/ParquetWriter.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "com/fasterxml/jackson/databind/ObjectMapper.class",
                        "org/apache/commons/compress/compressors/bzip2/BZip2CompressorInputStream.class",
                        "org/apache/james/mime4j/stream/MimeTokenStream.class",
                        "org/commonmark/parser/Parser.class",
                        "org/jsoup/Jsoup.class",
                        "native/lib/linux-x86_64/libsentencepiece_native.so")
                .filteredOn(entry -> entry.endsWith(".class"))
                .noneMatch(entry -> FLINKS_OWN.stream().anyMatch(entry::startsWith)
                        && KAFKA_CONNECTOR.stream().noneMatch(entry::startsWith));
    }

    @Test
    void withTheJobJarAndFlinkAloneTheJobMakesACorpus() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", """
                        {"id":"english","text":"%s Write to me@example.org, please."}
                        {"id":"copy","text":"%s Write to me@example.org; please!"}
                        {"id":"chinese","text":"%s"}
                        {"id":"japanese","text":"%s"}
                        {"id":"short","text":"Too short."}
                        """.formatted(
                        TEXT.repeat(5), TEXT.repeat(5), "河流在山谷里慢慢地流向大海。".repeat(9), "川はゆっくりと海へ流れていく。".repeat(9)));

        assertThat(run(config())).as(() -> read(log())).isZero();

        assertThat(corpus.rows())
                .extracting(row -> row.documentId() + " " + row.language().orElse("unknown"))
                .containsExactlyInAnyOrder("english en", "chinese zh-Hans", "japanese ja");
        assertThat(corpus.funnel().duplicatesByKind()).isEqualTo(Map.of("near", 1L));
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("gopher_quality.gopher_short_doc", 1L));
        assertThat(corpus.funnel().edits()).containsKey("pii.email");
    }

    private Path config() throws IOException {
        return Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: test, path: in, follow: false}]
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                filters:
                  rules: [{families: [gopher_quality], gopherQuality: {minWords: 20, minMeanWordLength: 1, minStopWords: 0}}]
                  language: {identify: true, minConfidence: 0}
                  pii: {email: redact}
                dedup: {near: {enabled: true}}
                """);
    }

    private int run(Path config) throws IOException, InterruptedException {
        String flink = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(JobJarIT::isOfFlink)
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dai.djl.offline=true",
                        "-cp",
                        JAR + File.pathSeparator + flink,
                        IngestJobMain.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start()
                .waitFor();
    }

    private static boolean isOfFlink(String jar) {
        return (jar.contains("/org/apache/flink/") && !jar.contains("/flink-connector-kafka/"))
                || IN_FLINKS_LIB.stream().anyMatch(jar::contains);
    }

    private Path log() {
        return folder.resolve("job.log");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
