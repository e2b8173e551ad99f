package org.alluvium.bench.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents of about the same length, made of the lines of a text. A document has no line breaks, so that {@code spm_encode},
 * which reads line by line, is given the same.
 *
 * @param texts as strings
 * @param utf8 the same as bytes
 * @param bytes their length together
 */
record Sample(List<String> texts, List<byte[]> utf8, long bytes) {

    private static final int DOCUMENT_CHARACTERS = 10_000;

    static Sample load(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        List<byte[]> utf8 = new ArrayList<>();
        long bytes = 0;
        StringBuilder document = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            document.append(document.isEmpty() ? "" : " ").append(line);
            if (document.length() >= DOCUMENT_CHARACTERS) {
                texts.add(document.toString());
                utf8.add(document.toString().getBytes(StandardCharsets.UTF_8));
                bytes += utf8.getLast().length;
                document.setLength(0);
            }
        }
        return new Sample(List.copyOf(texts), List.copyOf(utf8), bytes);
    }

    /** Writes a document a line. */
    Path writeLines(Path file) throws IOException {
        return Files.write(file, texts);
    }
}
