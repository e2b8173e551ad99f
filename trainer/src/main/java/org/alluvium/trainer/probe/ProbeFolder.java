package org.alluvium.trainer.probe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.Durability;

/**
 * The probe reports of a run: {@code probes/step-000000001200.json.gz}, one for each checkpoint that was written and whose
 * steps still count. A file is one JSON object, packed by gzip without a time, and has the components of {@link ProbeReport} by
 * their names: {@code version} 1; {@code step}; {@code texts}, each {@code text}, {@code reading} ({@link Reading}) and
 * {@code attention} ({@link AttentionView}); {@code weights} ({@link WeightSizes}). Unknown fields are ignored. The same
 * weights and texts give the same bytes.
 *
 * <p>A report stays when its checkpoint goes. Of those whose checkpoint is gone at most {@link #MOST_ALONE} are kept: of any
 * more, the one that lies closest between its neighbours goes, so that what is left is spread over the whole run.
 *
 * <p>A file appears whole or not at all. One trainer writes at a time, and anybody may read.
 */
public final class ProbeFolder {

    /** Reports that are kept without their checkpoints. */
    static final int MOST_ALONE = 256;

    private static final String UNFINISHED = ".part";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final RunLayout run;

    public ProbeFolder(RunLayout run) {
        this.run = run;
    }

    /** Steps that there are reports of, ascending. */
    public List<Long> steps() {
        return files().stream()
                .flatMapToLong(file -> RunLayout.stepOfProbe(file).stream())
                .sorted()
                .boxed()
                .toList();
    }

    private List<Path> files() {
        if (!Files.isDirectory(run.probes())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run.probes())) {
            return files.toList();
        } catch (IOException e) {
            throw StorageException.of("list the probe reports", run.probes(), e);
        }
    }

    /** Clears away reports of steps that have not happened, and what a killed trainer left. */
    public void undoAfter(long step) {
        for (Path file : files()) {
            boolean unfinished = file.getFileName().toString().endsWith(UNFINISHED);
            boolean undone = RunLayout.stepOfProbe(file).stream().anyMatch(reported -> reported > step);
            if (unfinished || undone) {
                delete(file);
            }
        }
    }

    /**
     * Writes a report, and makes room for it.
     *
     * @throws StorageException if storage fails
     */
    public void write(ProbeReport report) {
        Path file = run.probe(report.step());
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.createDirectories(run.probes());
            Files.deleteIfExists(unfinished);
            Durability.writeNew(unfinished, bytes(report));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durability.syncFolder(run.probes());
        } catch (IOException e) {
            throw StorageException.of("write the probe report", file, e);
        }
        thin();
    }

    static byte[] bytes(ProbeReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            JSON.writeValue(packed, report);
        }
        return bytes.toByteArray();
    }

    private void thin() {
        List<Long> steps = new ArrayList<>(steps());
        List<Long> alone = new ArrayList<>(steps);
        alone.removeIf(step -> Files.exists(run.checkpoint(step)));
        while (alone.size() > MOST_ALONE) {
            Long closest = closestBetweenNeighbours(steps, alone);
            delete(run.probe(closest));
            steps.remove(closest);
            alone.remove(closest);
        }
    }

    /** Of equal ones the oldest; the ends of a run have a neighbour on one side only and stay. */
    private static Long closestBetweenNeighbours(List<Long> steps, List<Long> candidates) {
        Long closest = candidates.getFirst();
        long smallest = Long.MAX_VALUE;
        for (Long candidate : candidates) {
            int at = steps.indexOf(candidate);
            boolean atAnEnd = at == 0 || at == steps.size() - 1;
            long gap = atAnEnd ? Long.MAX_VALUE : steps.get(at + 1) - steps.get(at - 1);
            if (gap < smallest) {
                smallest = gap;
                closest = candidate;
            }
        }
        return closest;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageException.of("delete the probe report", file, e);
        }
    }

    /**
     * Reads the report of a step; empty if there is none.
     *
     * @throws DataException if the file is damaged, or of a release that is newer than this
     */
    public Optional<ProbeReport> read(long step) {
        Path file = run.probe(step);
        try {
            return Optional.of(parse(file, Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageException.of("read the probe report", file, e);
        }
    }

    private static ProbeReport parse(Path file, byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            ProbeReport report = JSON.readValue(in, ProbeReport.class);
            if (report.version() == ProbeReport.VERSION) {
                return report;
            }
            throw damaged(file, "it has version " + report.version(), null);
        } catch (IOException e) {
            throw damaged(file, e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage(), e);
        }
    }

    private static DataException damaged(Path file, String problem, Exception cause) {
        return new DataException(
                "the probe report is damaged, or of another release: " + problem,
                file.toString(),
                "Delete it; the trainer writes it again if its checkpoint is still there",
                cause);
    }
}
