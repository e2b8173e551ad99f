package org.alluvium.bench.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Pages whose main content somebody has marked, in the layout of the Article Extraction Benchmark. */
final class LabelledPages {

    private LabelledPages() {}

    /** A page and its content. */
    record LabelledPage(String name, String html, String content) {}

    /**
     * The pages of a folder: {@code ground-truth.json} is an object of {@code {name: {"articleBody": content}}}, and {@code
     * html/NAME.html.gz} is the page in UTF-8.
     */
    static List<LabelledPage> read(Path folder) throws IOException {
        JsonNode truth = JsonMapper.builder()
                .build()
                .readTree(folder.resolve("ground-truth.json").toFile());
        List<LabelledPage> pages = new ArrayList<>();
        for (Map.Entry<String, JsonNode> page : truth.properties()) {
            String content = page.getValue().required("articleBody").asText();
            pages.add(new LabelledPage(page.getKey(), html(folder, page.getKey()), content));
        }
        return pages;
    }

    private static String html(Path folder, String name) throws IOException {
        try (InputStream page =
                new GZIPInputStream(Files.newInputStream(folder.resolve("html").resolve(name + ".html.gz")))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
