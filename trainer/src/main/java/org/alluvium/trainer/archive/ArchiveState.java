package org.alluvium.trainer.archive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;

/**
 * Everything that an archive holds, as of one entry of its log. The objects of an archive are
 *
 * <pre>
 * log/00000000000000000017.json                       entries; the one with the greatest number is what there is
 * checkpoints/step-000000001200.3.17/…, MANIFEST.json  a checkpoint, copied for entry 17 by the trainer that began with entry 3
 * journal/00000000000000000000-000000004194304.3       a piece of the run's journal, by its bytes; likewise events/
 * probes/step-000000001200.json.gz                     reports, which entries do not name
 * </pre>
 *
 * <p>An entry is created exclusively and says it all again, so whoever reads needs one only. It is the JSON object of this record's
 * components. What no entry names does not exist: neither half a checkpoint nor anything from a trainer whose place another
 * one has taken.
 *
 * @param version of the format
 * @param sequence of this entry
 * @param epoch the entry with which the trainer that wrote this one had begun
 * @param owner that trainer, for people
 * @param time of the entry, ISO-8601
 * @param checkpoints by ascending step
 * @param journal pieces that follow each other from byte 0 on
 * @param events likewise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ArchiveState(
        int version,
        long sequence,
        long epoch,
        String owner,
        String time,
        List<ArchivedCheckpoint> checkpoints,
        List<Piece> journal,
        List<Piece> events) {

    public static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public ArchiveState {
        checkpoints = checkpoints == null ? List.of() : List.copyOf(checkpoints);
        journal = journal == null ? List.of() : List.copyOf(journal);
        events = events == null ? List.of() : List.copyOf(events);
    }

    /** What an archive holds that nobody has begun. */
    static ArchiveState none() {
        return new ArchiveState(VERSION, -1, -1, "", "", List.of(), List.of(), List.of());
    }

    /** The next entry, of a trainer that begins with it. */
    ArchiveState takenOver(String by, String at) {
        return new ArchiveState(VERSION, sequence + 1, sequence + 1, by, at, checkpoints, journal, events);
    }

    /** The next entry, of the same trainer. */
    ArchiveState next(
            String at, List<ArchivedCheckpoint> nowCheckpoints, List<Piece> nowJournal, List<Piece> nowEvents) {
        return new ArchiveState(VERSION, sequence + 1, epoch, owner, at, nowCheckpoints, nowJournal, nowEvents);
    }

    /** The same, as if less of its files had been copied. */
    ArchiveState knowing(List<Piece> fewerJournal, List<Piece> fewerEvents) {
        return new ArchiveState(VERSION, sequence, epoch, owner, time, checkpoints, fewerJournal, fewerEvents);
    }

    /** Whether another entry would say the same. */
    boolean says(List<ArchivedCheckpoint> nowCheckpoints, List<Piece> nowJournal, List<Piece> nowEvents) {
        return checkpoints.equals(nowCheckpoints) && journal.equals(nowJournal) && events.equals(nowEvents);
    }

    /** The checkpoint of the greatest step. */
    public Optional<ArchivedCheckpoint> newest() {
        return checkpoints.stream().max(Comparator.comparingLong(ArchivedCheckpoint::step));
    }

    /** Whether an object belongs to what this entry names. */
    boolean names(String key) {
        return checkpoints.stream().anyMatch(checkpoint -> key.startsWith(checkpoint.folder()))
                || Stream.concat(journal.stream(), events.stream())
                        .anyMatch(piece -> piece.key().equals(key));
    }

    /** Bytes of a file that so many pieces make. */
    public static long length(List<Piece> pieces) {
        return pieces.isEmpty() ? 0 : pieces.getLast().to();
    }

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of texts and numbers is always JSON", e);
        }
    }

    /**
     * Reads an entry.
     *
     * @throws DataException if it is none
     * @throws MismatchException if it is of another version
     */
    static ArchiveState parse(byte[] json, String where) {
        try {
            ArchiveState state = JSON.readValue(json, ArchiveState.class);
            if (state.version() != VERSION) {
                throw new MismatchException(
                        "the archive's entry has format version " + state.version() + ", this Alluvium reads "
                                + VERSION,
                        where,
                        "Use the version of Alluvium that wrote it, or a newer one");
            }
            return state;
        } catch (JacksonException e) {
            throw damaged(where, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static DataException damaged(String where, Exception cause) {
        return new DataException(
                "the archive's entry is damaged",
                where,
                "Delete it, so that the entry before it counts, or choose another train.archive",
                cause);
    }
}
