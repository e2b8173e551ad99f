package org.alluvium.ingest.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.alluvium.contracts.config.SourceConfig.Format;

/**
 * An input and what must come of it; the folder's README says how they are written down.
 *
 * @param format as the name of the input's folder says
 * @param name of the input's file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConformanceCase(Format format, String name, byte[] input, List<JsonNode> expected) {

    private static final String EXPECTED = ".expected";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every case of the folder beside this class, by path. */
    static List<ConformanceCase> all() {
        try (Stream<Path> files =
                Files.walk(Path.of(ConformanceCase.class.getResource(".").toURI()), 2)) {
            return files.filter(file -> Files.exists(Path.of(file + EXPECTED)))
                    .sorted()
                    .map(ConformanceCase::read)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ConformanceCase read(Path file) {
        try (Stream<String> lines = Files.lines(Path.of(file + EXPECTED))) {
            String format = file.getParent().getFileName().toString();
            return new ConformanceCase(
                    Format.valueOf(format.toUpperCase(Locale.ROOT)),
                    file.getFileName().toString(),
                    Files.readAllBytes(file),
                    lines.map(ConformanceCase::parse).toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The same with the input compressed, named and given anew. */
    ConformanceCase with(String newName, byte[] newInput) {
        return new ConformanceCase(format, newName, newInput, expected);
    }

    @Override
    public String toString() {
        return format.name().toLowerCase(Locale.ROOT) + "/" + name;
    }
}
