package org.alluvium.contracts.config;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Sha256;

/**
 * The identity of a configuration: the SHA-256 of its canonical form in UTF-8. The form has one line
 * {@code path=value} for every component that is not a record, sorted by path: {@code name.name} into records,
 * {@code name[i]} into lists, {@code name{key}} into maps. Values are integers in decimal, numbers as
 * {@link Double#toHexString}, texts with {@code \} and line breaks escaped, everything else as its {@code toString}; an
 * empty optional has no line, an empty list or map the value {@code []} or {@code {}}. Neither the order of keys in the
 * file, nor comments, nor which defaults were spelt out make a difference.
 *
 * <p>Paths are left out: where files lie decides nothing, and what is in those that matter has digests of its own. In the
 * form of {@link #ofContents} a path stands for what lies there: a file for the SHA-256 of its bytes, a folder for a line
 * {@code path{name}} for each file in it, by its name relative to the folder, with {@code /} between its parts.
 */
public final class ConfigDigest {

    private final boolean contents;
    private final List<String> lines;

    private ConfigDigest(boolean contents, List<String> lines) {
        this.contents = contents;
        this.lines = lines;
    }

    /** The digest, 64 lower-case hexadecimal digits. */
    public static String of(Record config) {
        return Sha256.of(canonical(config).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The digest of a configuration and of the files that it names.
     *
     * @throws org.alluvium.contracts.error.StorageException if one of them cannot be read
     */
    public static String ofContents(Record config) {
        return Sha256.of(canonical(config, true).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same of each component of a configuration, by its name.
     *
     * @throws org.alluvium.contracts.error.StorageException if a file that it names cannot be read
     */
    public static SortedMap<String, String> ofParts(Record config) {
        Map<String, List<String>> lines =
                canonical(config, true).lines().collect(Collectors.groupingBy(line -> line.split("[.=\\[{]", 2)[0]));
        SortedMap<String, String> digests = new TreeMap<>();
        lines.forEach((part, ofPart) ->
                digests.put(part, Sha256.of(String.join("\n", ofPart).getBytes(StandardCharsets.UTF_8))));
        return digests;
    }

    /** The form that is digested. */
    static String canonical(Record config) {
        return canonical(config, false);
    }

    private static String canonical(Record config, boolean contents) {
        List<String> lines = new ArrayList<>();
        ConfigValues.visit("", config, new ConfigDigest(contents, lines)::append);
        lines.sort(null);
        return String.join("\n", lines);
    }

    private void append(String path, Object value) {
        if (value instanceof Path place) {
            if (contents) {
                appendContents(path, place);
            }
        } else if (!(value instanceof Location)) {
            lines.add(path + "=" + text(value));
        }
    }

    private void appendContents(String path, Path place) {
        try (Stream<Path> below = Files.walk(place)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                String name = place.relativize(file).toString().replace(File.separatorChar, '/');
                lines.add((file.equals(place) ? path : path + "{" + ConfigValues.escaped(name) + "}") + "="
                        + Sha256.of(file));
            }
        } catch (UncheckedIOException e) {
            throw StorageException.of("read what the configuration names", place, e.getCause());
        } catch (IOException e) {
            throw StorageException.of("read what the configuration names", place, e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return Double.toHexString(number);
        }
        return ConfigValues.escaped(value);
    }
}
