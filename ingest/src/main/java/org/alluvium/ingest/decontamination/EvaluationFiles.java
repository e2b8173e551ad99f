package org.alluvium.ingest.decontamination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.alluvium.contracts.config.DecontaminationConfig;
import org.alluvium.contracts.config.DecontaminationConfig.EvaluationSet;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.text.Normalizer;

/**
 * Reads evaluation sets from files in UTF-8, plain or {@code .gz}. In a file {@code .jsonl} each line is an object: all
 * strings in it, however deep, are the text of an item, in their order, and its field {@code id} is the item's name. In other
 * files each line is an item. An item without a name is called after its file and line.
 */
public final class EvaluationFiles {

    private static final JsonFactory JSON = new JsonFactory();

    private final EvaluationSets.Builder sets;

    private EvaluationFiles(EvaluationSets.Builder sets) {
        this.sets = sets;
    }

    /**
     * The sets that a configuration names.
     *
     * @throws DataException if a line is not what it should be
     * @throws StorageException if a file cannot be read
     */
    public static EvaluationSets read(DecontaminationConfig config) {
        EvaluationSets.Builder sets = new EvaluationSets.Builder(config.ngram());
        EvaluationFiles files = new EvaluationFiles(sets);
        config.sets().forEach(files::addSet);
        config.common().ifPresent(files::addCommon);
        return sets.build();
    }

    private void addSet(EvaluationSet set) {
        for (Path file : filesOf(set.path())) {
            forEachLine(file, (line, number) -> {
                String place = file.getFileName() + ":" + number;
                Entry entry = isJson(file) ? parse(line, file + ":" + number) : new Entry("", line);
                sets.add(
                        new EvaluationSets.Item(set.name(), entry.id().isEmpty() ? place : entry.id()),
                        Normalizer.normalize(entry.text()));
            });
        }
    }

    /** The whole file is one text, so that n-grams may cross its lines. */
    private void addCommon(Path file) {
        StringJoiner text = new StringJoiner("\n");
        forEachLine(file, (line, number) -> text.add(line));
        sets.addCommon(Normalizer.normalize(text.toString()));
    }

    private static List<Path> filesOf(Path path) {
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw StorageException.of("read the evaluation set", path, e);
        }
    }

    private static boolean isJson(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    private interface LineVisitor {
        void line(String line, int number);
    }

    private static void forEachLine(Path file, LineVisitor visitor) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    visitor.line(line, number);
                }
            }
        } catch (IOException e) {
            throw StorageException.of("read the evaluation set", file, e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private record Entry(String id, String text) {}

    private static Entry parse(String line, String where) {
        StringJoiner text = new StringJoiner("\n");
        String id = "";
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notAnItem("the line is not a JSON object", where, null);
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (depth == 1 && token.isScalarValue() && "id".equals(parser.currentName())) {
                    id = parser.getText();
                } else if (token == JsonToken.VALUE_STRING) {
                    text.add(parser.getText());
                }
            }
            return new Entry(id, text.toString());
        } catch (JsonProcessingException malformed) {
            throw notAnItem("the line is not JSON: " + malformed.getOriginalMessage(), where, malformed);
        } catch (IOException e) {
            throw notAnItem("the line cannot be read", where, e);
        }
    }

    private static DataException notAnItem(String what, String where, IOException cause) {
        return new DataException(
                what, where, "Correct the line, or give the file a name without .jsonl if its lines are texts", cause);
    }
}
