package org.alluvium.tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The small models among the test resources, of every kind and with every flag, with hard texts and the ids that SentencePiece
 * 0.1.97 printed for them; {@code make.sh} beside them makes all of it.
 */
public final class SmallModels {

    private static final Path FOLDER = Path.of("src/test/resources/org/alluvium/tokenizer/models");

    private SmallModels() {}

    /**
     * A text with its ids.
     *
     * @param bytes of the text, which may not be UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read, never compared
    public record Vector(byte[] bytes, int[] ids) {

        /** The text; of one that is not UTF-8, something else. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Their names, for parameterized tests. */
    public static Stream<String> names() {
        return Stream.of(
                "unigram-nmt",
                "unigram-bytes",
                "unigram-suffix",
                "bpe-llama",
                "bpe-cf",
                "bpe-suffix",
                "bpe-across",
                "char",
                "word",
                "word-suffix");
    }

    public static Vocabulary load(String name) {
        return Vocabulary.load(FOLDER.resolve(name + ".model"));
    }

    /** Texts that are UTF-8, with the ids that a model gives them. */
    public static List<Vector> vectors(String name) {
        List<byte[]> texts = lines("texts.txt");
        return zip(texts, ids(name).subList(0, texts.size()));
    }

    /** Texts that are not, likewise. */
    public static List<Vector> invalidVectors(String name) {
        List<byte[]> texts = lines("invalid.txt");
        List<int[]> ids = ids(name);
        return zip(texts, ids.subList(ids.size() - texts.size(), ids.size()));
    }

    private static List<Vector> zip(List<byte[]> texts, List<int[]> ids) {
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            vectors.add(new Vector(texts.get(i), ids.get(i)));
        }
        return vectors;
    }

    private static List<int[]> ids(String name) {
        return lines(name + ".ids").stream()
                .map(line -> new String(line, StandardCharsets.US_ASCII))
                .map(line -> Arrays.stream(line.split(" "))
                        .filter(id -> !id.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .toList();
    }

    /** The lines of a file, each of which a line feed ends. */
    private static List<byte[]> lines(String file) {
        try {
            List<byte[]> lines = new ArrayList<>();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (byte b : Files.readAllBytes(FOLDER.resolve(file))) {
                if (b == '\n') {
                    lines.add(line.toByteArray());
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
