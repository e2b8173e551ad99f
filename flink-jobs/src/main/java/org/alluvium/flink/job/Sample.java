package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.DedupConfig;
import org.alluvium.contracts.config.FiltersConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.MixtureConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;

/**
 * A sample of what the configured sources hold and the filters keep, in a folder of its own: {@code text}, once it is whole; until
 * then the state of the job that draws it, which the next process goes on from.
 *
 * @param folder need not exist
 * @param documents how many texts; all, if there are fewer
 * @param seed another one draws others
 */
public record Sample(Path folder, int documents, long seed) {

    private static final String OF = "of";

    /** What a sample depends on. */
    private record Identity(
            List<String> places,
            List<SourceConfig> sources,
            FiltersConfig filters,
            DedupConfig dedup,
            MixtureConfig mixture,
            int documents,
            long seed) {}

    public Sample {
        folder = folder.toAbsolutePath();
    }

    /** The texts, one after the other in an order that depends on nothing but them and the seed. */
    public Path text() {
        return folder.resolve("text");
    }

    Location state() {
        return Location.of(folder.resolve("state"));
    }

    Path scratch() {
        return folder.resolve("tmp");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path events() {
        return folder.resolve("events.jsonl");
    }

    /** Marks a new folder as what it is; refuses one that holds another sample. */
    void claim(AlluviumConfig config) {
        String digest = digest(config);
        Path mark = folder.resolve(OF);
        try {
            if (!Files.exists(mark)) {
                Durability.writeNew(mark, digest.getBytes(StandardCharsets.UTF_8));
            } else if (!Files.readString(mark).equals(digest)) {
                throw new MismatchException(
                        "a sample was begun here of other sources, by other filters, or of another size",
                        folder.toString(),
                        "Finish that one with its configuration, or delete the folder");
            }
        } catch (IOException e) {
            throw StorageException.of("begin the sample", folder, e);
        }
    }

    private String digest(AlluviumConfig config) {
        List<String> places = config.sources().stream()
                .map(source -> source.path().map(Location::toString).orElse(""))
                .toList();
        return ConfigDigest.of(new Identity(
                places, config.sources(), config.filters(), config.dedup(), config.mixture(), documents, seed));
    }

    /** Removes it with everything that was needed to draw it. */
    public void delete() {
        try {
            RunPlan.deleteTree(folder);
        } catch (IOException e) {
            throw StorageException.of("delete the sample", folder, e);
        }
    }
}
