package org.alluvium.bench.labelled;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.alluvium.bench.labelled.LabelledDocument.Truth;

/**
 * A labelled folder: {@code shard-*.jsonl.gz} with {@code id}, {@code url}, {@code date} and {@code text} a line, {@code
 * truth.jsonl.gz} with a {@link Truth} a line, and {@code dup_pairs.jsonl.gz} with a {@link Pair} a line.
 *
 * @param documents those that the truth knows, in the order of the shards
 * @param pairs declared near-duplicates
 */
public record LabelledSample(List<LabelledDocument> documents, List<Pair> pairs) {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    public LabelledSample {
        documents = List.copyOf(documents);
        pairs = List.copyOf(pairs);
    }

    /**
     * Two documents that resemble each other.
     *
     * @param type how the second was made of the first: {@code near}, {@code template}, {@code truncated}
     * @param jaccard of their main contents' sets of five words
     * @param fullJaccard the same of their whole texts; {@code null} where it is not known
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Pair(
            String a,
            String b,
            String type,
            double jaccard,
            @JsonProperty("jaccard_full") Double fullJaccard) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Crawled(String id, String url, String date, String text) {}

    /** Reads a folder. */
    public static LabelledSample read(Path folder) throws IOException {
        Map<String, Truth> truths = new HashMap<>();
        for (Truth truth : lines(folder.resolve("truth.jsonl.gz"), Truth.class)) {
            truths.put(truth.id(), truth);
        }
        List<LabelledDocument> documents = new ArrayList<>();
        for (Path shard : shards(folder)) {
            for (Crawled crawled : lines(shard, Crawled.class)) {
                Optional.ofNullable(truths.get(crawled.id()))
                        .ifPresent(truth -> documents.add(labelled(crawled, truth)));
            }
        }
        return new LabelledSample(documents, lines(folder.resolve("dup_pairs.jsonl.gz"), Pair.class));
    }

    private static LabelledDocument labelled(Crawled crawled, Truth truth) {
        return new LabelledDocument(crawled.id(), crawled.url(), crawled.date(), crawled.text(), truth);
    }

    private static TreeSet<Path> shards(Path folder) throws IOException {
        TreeSet<Path> shards = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "shard-*.jsonl.gz")) {
            files.forEach(shards::add);
        }
        return shards;
    }

    /** One value a line; a line that is not JSON is no document, and left out. */
    private static <T> List<T> lines(Path file, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                read(line, type).ifPresent(values::add);
            }
        }
        return values;
    }

    private static <T> Optional<T> read(String line, Class<T> type) {
        try {
            return Optional.of(JSON.readValue(line, type));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
