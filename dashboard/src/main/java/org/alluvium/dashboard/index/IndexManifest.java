package org.alluvium.dashboard.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.alluvium.contracts.store.Durability;

/**
 * What an index consists of, in its {@value #NAME}. A file of an index that this does not name does not exist.
 *
 * @param version of the format
 * @param generation how often it has been written; no two manifests of an index share one
 * @param mark how far the files reach
 * @param files from the oldest to the newest
 */
record IndexManifest(int version, long generation, Mark mark, List<File> files) {

    static final String NAME = "index.json";

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A file.
     *
     * @param name in the folder
     * @param records in it
     * @param bytes of it
     * @param crc32c of all of them
     */
    record File(String name, long records, long bytes, long crc32c) {}

    /** Of an index that has nothing in it. */
    static IndexManifest empty(long generation) {
        return new IndexManifest(VERSION, generation, Mark.START, List.of());
    }

    IndexManifest {
        files = List.copyOf(files);
    }

    /** The next one. */
    IndexManifest next(Mark now, List<File> all) {
        return new IndexManifest(VERSION, generation + 1, now, all);
    }

    /** The manifest of a folder; an empty one if there is none, or one of another version, or one that is damaged. */
    static IndexManifest read(Path folder) throws IOException {
        try {
            IndexManifest manifest =
                    JSON.readValue(Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8), IndexManifest.class);
            return manifest.version() == VERSION ? manifest : empty(manifest.generation());
        } catch (NoSuchFileException | JsonProcessingException | IllegalArgumentException | NullPointerException none) {
            return empty(0); // whatever it was of is read again
        }
    }

    /** Puts this in the place of the folder's manifest, at once. */
    void write(Path folder) throws IOException {
        Path written = folder.resolve(NAME + ".new");
        Files.deleteIfExists(written);
        Durability.writeNew(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Durability.syncFolder(folder);
    }
}
