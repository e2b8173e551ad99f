package org.alluvium.trainer.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/** The tensors of a model under one set of names, whether they lie in one file or in several. Not thread-safe. */
final class TensorFiles implements AutoCloseable {

    private static final String EXTENSION = ".safetensors";

    private final List<SafetensorsReader> readers = new ArrayList<>();
    private final Map<String, SafetensorsReader> byName = new LinkedHashMap<>();

    private TensorFiles() {}

    /**
     * The files of a model.
     *
     * @param place a folder, one file of tensors, or an index of several
     * @throws UnavailableException if there are none
     */
    static List<Path> find(Path place) {
        if (!Files.isDirectory(place)) {
            return place.toString().endsWith(EXTENSION) ? List.of(existing(place)) : listed(existing(place));
        }
        Path single = place.resolve(ModelFiles.MODEL);
        return Files.exists(single) ? List.of(single) : listed(existing(place.resolve(ModelFiles.INDEX)));
    }

    private static Path existing(Path file) {
        if (Files.exists(file)) {
            return file;
        }
        throw new UnavailableException(
                "there are no safetensors here",
                file.toString(),
                "Name a folder with " + ModelFiles.MODEL + " or " + ModelFiles.INDEX + ", or one of these files");
    }

    private static List<Path> listed(Path index) {
        Set<String> names = new TreeSet<>();
        JsonNode map = JsonFields.read(index).root().path("weight_map");
        map.forEach(name -> names.add(name.asText()));
        if (names.isEmpty()) {
            throw damaged(index, "weight_map names no file");
        }
        for (String name : names) {
            if (!Path.of(name).equals(Path.of(name).getFileName()) || name.equals("..")) {
                throw damaged(index, "'" + name + "' is not the name of a file beside it");
            }
        }
        return names.stream().map(name -> existing(index.resolveSibling(name))).toList();
    }

    private static DataException damaged(Path index, String what) {
        return new DataException("the index is damaged: " + what, index.toString(), "Restore it from its publisher");
    }

    /**
     * Opens files of which no two hold a tensor of the same name.
     *
     * @throws DataException if they do, or if one is damaged
     */
    static TensorFiles open(List<Path> files) {
        TensorFiles opened = new TensorFiles();
        try {
            for (Path file : files) {
                opened.add(file);
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(Path file) {
        SafetensorsReader reader = SafetensorsReader.open(file);
        readers.add(reader);
        for (String name : reader.names()) {
            if (byName.putIfAbsent(name, reader) != null) {
                throw new DataException(
                        "tensor " + name + " is in another file, too",
                        file.toString(),
                        "Use a sound copy of the model");
            }
        }
    }

    Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** The file that holds a tensor of {@link #names}. */
    SafetensorsReader holding(String name) {
        return byName.get(name);
    }

    @Override
    public void close() {
        readers.forEach(SafetensorsReader::close);
    }
}
