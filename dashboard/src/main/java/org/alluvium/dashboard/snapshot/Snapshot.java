package org.alluvium.dashboard.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.dashboard.http.Answers;
import org.alluvium.dashboard.http.DashboardServer;

/**
 * Writes the dashboard as a folder that shows runs as they are now, to whoever opens its {@code index.html}: from a disk, or from
 * any web server. {@link Sheets} says what is in it. It asks what the pages would ask; texts of documents are in none of the
 * answers unless they are wanted.
 */
public final class Snapshot {

    private static final String PAGES = "/org/alluvium/dashboard/ui/snapshot/";
    private static final List<String> FILES = List.of("index.html", "alluvium.js", "alluvium.css", "icon.svg");

    private final DashboardServer.Shown shown;
    private final InstantSource clock;
    private final Function<String, InputStream> pages;

    /** Of what is shown, with the pages of this build. */
    public Snapshot(DashboardServer.Shown shown, InstantSource clock) {
        this(shown, clock, file -> Snapshot.class.getResourceAsStream(PAGES + file));
    }

    /**
     * Of what is shown, with other pages.
     *
     * @param pages files by their names, null if there is none
     */
    Snapshot(DashboardServer.Shown shown, InstantSource clock, Function<String, InputStream> pages) {
        this.shown = shown;
        this.clock = clock;
        this.pages = pages;
    }

    /**
     * Writes a snapshot, whole or not at all; an earlier one of that name is replaced.
     *
     * @param texts whether documents that were left out of the corpus are shown with their texts
     * @param progress is told, now and then, what is being written
     * @return the files
     * @throws UnavailableException if there is something else of that name, or this build has no pages
     */
    public CheckpointManifest write(Path target, boolean texts, Consumer<String> progress) throws InterruptedException {
        requireOurs(target);
        try (AtomicDirectory folder = AtomicDirectory.begin(target);
                Answers answers = new Answers(shown, clock)) {
            copyPages(folder.path());
            progress.accept("reading the events");
            answers.readOn();
            Sheets sheets = new Sheets(answers, folder.path());
            RecordedFacts facts = new RecordedFacts(sheets, progress);
            facts.record(texts);
            for (String run : shown.runs().keySet()) {
                facts.record(run);
            }
            sheets.finish(clock.instant().toString());
            return folder.publish();
        } catch (IOException e) {
            throw StorageException.of("export the dashboard", target, e);
        }
    }

    private static void requireOurs(Path target) {
        boolean earlier = Files.isRegularFile(target.resolve("answers").resolve("index.js"));
        if (Files.exists(target) && !earlier && !isEmptyFolder(target)) {
            throw new UnavailableException(
                    "there is something else of this name already",
                    target.toString(),
                    "Name a folder that is not there yet, that is empty, or that holds an earlier export");
        }
    }

    private static boolean isEmptyFolder(Path target) {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw StorageException.of("export the dashboard", target, e);
        }
    }

    private void copyPages(Path folder) throws IOException {
        for (String file : FILES) {
            try (InputStream from = pages.apply(file)) {
                if (from == null) {
                    throw new UnavailableException(
                            "this build has no pages", PAGES + file, "Build it with npm on the path");
                }
                Files.copy(from, folder.resolve(file));
            }
        }
    }
}
