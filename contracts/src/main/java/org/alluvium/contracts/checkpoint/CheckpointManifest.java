package org.alluvium.contracts.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;

/**
 * Names every file of a folder with its size and digest, so that the folder is one verifiable whole. It is written last,
 * so a folder with a manifest is complete. {@code MANIFEST.json} is
 *
 * <pre>{"version":1, "files":{<i>path</i>:{"bytes":int, "sha256":string}}}</pre>
 *
 * with paths relative to the folder, forward slashes, sorted. Files that it does not name are none of the checkpoint's
 * and are ignored.
 */
public record CheckpointManifest(SortedMap<String, FileDigest> files) {

    public static final String NAME = "MANIFEST.json";
    public static final int VERSION = 1;

    private static final String OTHER = "Use another checkpoint; 'alluvium checkpoint list' names them";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a file must be.
     *
     * @param bytes size of the file
     * @param sha256 digest of the file, 64 lower-case hexadecimal digits
     */
    public record FileDigest(long bytes, String sha256) {}

    public CheckpointManifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Sum of the sizes of all files. */
    public long bytes() {
        return files.values().stream().mapToLong(FileDigest::bytes).sum();
    }

    /** Digests every file below the folder, except a manifest. */
    public static CheckpointManifest of(Path folder) throws IOException {
        SortedMap<String, FileDigest> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/");
                if (Files.isRegularFile(path) && !name.equals(NAME)) {
                    files.put(name, new FileDigest(Files.size(path), Sha256.of(path)));
                }
            }
        }
        return new CheckpointManifest(files);
    }

    /** Writes the manifest into the folder, durably. */
    public void write(Path folder) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ObjectNode named = root.putObject("files");
        files.forEach((name, digest) ->
                named.putObject(name).put("bytes", digest.bytes()).put("sha256", digest.sha256()));
        byte[] json = (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        Durability.writeNew(folder.resolve(NAME), json);
    }

    /** Whether the folder has a manifest, and so was once complete. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /**
     * Reads the folder's manifest, without looking at the files.
     *
     * @throws DataException if there is none, or it cannot be parsed
     */
    public static CheckpointManifest read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new DataException("the checkpoint has no manifest and so is not complete", file.toString(), OTHER, e);
        } catch (IOException e) {
            throw StorageException.of("read the manifest", file, e);
        }
    }

    /**
     * Parses a manifest's content.
     *
     * @param where it is from, for messages
     * @throws DataException if it cannot be parsed
     */
    public static CheckpointManifest parse(byte[] json, String where) {
        try {
            return parse(JSON.readTree(json), where);
        } catch (JacksonException e) {
            throw new DataException("the manifest is damaged", where, OTHER, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static CheckpointManifest parse(JsonNode root, String where) {
        if (!root.path("version").isInt() || !root.path("files").isObject()) {
            throw new DataException("the manifest is damaged", where, OTHER);
        }
        if (root.get("version").intValue() != VERSION) {
            throw new MismatchException(
                    "the manifest has format version " + root.get("version") + ", this Alluvium reads " + VERSION,
                    where,
                    "Use the version of Alluvium that wrote it, or a newer one");
        }
        SortedMap<String, FileDigest> files = new TreeMap<>();
        root.get("files").properties().forEach(member -> files.put(member.getKey(), digest(member.getValue(), where)));
        return new CheckpointManifest(files);
    }

    private static FileDigest digest(JsonNode node, String where) {
        if (!node.path("bytes").canConvertToLong() || !node.path("sha256").isTextual()) {
            throw new DataException("the manifest lacks a size or a digest", where, OTHER);
        }
        return new FileDigest(node.get("bytes").longValue(), node.get("sha256").textValue());
    }

    /** Everything that differs from the manifest, one sentence each, each naming its file; empty if the folder is whole. */
    public List<String> problems(Path folder) {
        List<String> problems = new ArrayList<>();
        files.forEach((name, expected) -> {
            Path file = folder.resolve(name);
            try {
                long bytes = Files.size(file);
                if (bytes != expected.bytes()) {
                    problems.add(name + " has " + bytes + " bytes, the manifest says " + expected.bytes());
                } else if (!Sha256.of(file).equals(expected.sha256())) {
                    problems.add(name + " is damaged: its digest does not match the manifest");
                }
            } catch (NoSuchFileException e) {
                problems.add(name + " is missing");
            } catch (IOException e) {
                problems.add(name + " cannot be read: " + e.getMessage());
            }
        });
        return problems;
    }

    /**
     * Reads the folder's manifest and compares every file with it.
     *
     * @throws DataException naming all files that are missing or differ
     */
    public static CheckpointManifest verify(Path folder) {
        CheckpointManifest manifest = read(folder);
        List<String> problems = manifest.problems(folder);
        if (!problems.isEmpty()) {
            throw new DataException(String.join("; ", problems), folder.toString(), OTHER);
        }
        return manifest;
    }
}
