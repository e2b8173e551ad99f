package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Looks into the jar that is submitted to clusters. */
class JobJarIT {

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

    @Test
    void theJobJarHoldsWhatTheJobNeedsAndNothingOfFlinks() throws IOException {
        List<String> entries;
        try (JarFile jar =
                new JarFile(Path.of(System.getProperty("alluvium.jobJar")).toFile())) {
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
}
