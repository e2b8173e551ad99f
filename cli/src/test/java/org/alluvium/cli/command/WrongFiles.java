package org.alluvium.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.bytelevel.ByteChars;

/** Files that somebody may take for a vocabulary. */
final class WrongFiles {

    private WrongFiles() {}

    /** A right one, of bytes and one merge. */
    static Path byteLevel(Path file) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode().put("version", "1.0");
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocab = model.putObject("vocab");
        for (int value = 0; value < 256; value++) {
            vocab.put(Character.toString(ByteChars.of((byte) value)), value);
        }
        vocab.put("th", 256);
        model.putArray("merges").add("t h");
        return Files.writeString(file, root.toString());
    }

    static Path of(String kind, Path folder) throws IOException {
        Path file = folder.resolve(kind + ".file");
        byte[] model = Vocabulary.bundled().modelBytes();
        switch (kind) {
            case "folder" -> Files.createDirectory(file);
            case "empty" -> Files.createFile(file);
            case "zip" -> zip(file);
            case "half a model" -> Files.write(file, Arrays.copyOf(model, model.length / 2));
            case "half a tokenizer.json" -> {
                String json = Files.readString(byteLevel(file));
                Files.writeString(file, json.substring(0, json.length() / 2));
            }
            case "unigram tokenizer.json" ->
                Files.writeString(file, "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"<unk>\", 0]]}}");
            case "text" -> Files.writeString(file, "Once upon a time there was a model.\n".repeat(50));
            case "huge" -> {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(3L << 30);
                }
            }
            default -> throw new IllegalArgumentException(kind);
        }
        return file;
    }

    private static void zip(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("tokenizer.model"));
            zip.write("not here".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
