package org.alluvium.ingest.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.file.FileStore.Entry;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;

/** Reads the documents of files on this machine once, as a source of the ingest job would, in the order of their paths. */
public final class DocumentFiles {

    private static final String SOURCE = "files";
    private static final long MAX_RECORD_BYTES = 16 << 20;

    private final SourceConfig.Format format;
    private long refused;

    /** @param format of all files; one that files can have */
    public DocumentFiles(SourceConfig.Format format) {
        this.format = format;
    }

    /**
     * Gives every document of a file, or of all files in a folder and its subfolders that are not {@linkplain
     * FileStore#isHidden hidden}.
     *
     * @throws StorageException if something cannot be read
     */
    public void forEach(Path path, Consumer<Document> documents) {
        try {
            boolean single = Files.isRegularFile(path);
            Path folder = single ? path.toAbsolutePath().getParent() : path;
            LocalFiles store = new LocalFiles(folder);
            List<Entry> files = single
                    ? store.stat(path.getFileName().toString()).stream().toList()
                    : store.walk().files();
            RecordParser parser = RecordParser.of(SourceConfig.ofFolder(SOURCE, Location.of(folder), format, false));
            for (FileRef file : wanted(files)) {
                read(file, store, parser, documents);
            }
        } catch (IOException e) {
            throw StorageException.of("read documents", path, e);
        }
    }

    /** Records so far that held no document that could be read. */
    public long refused() {
        return refused;
    }

    private static List<FileRef> wanted(List<Entry> files) {
        return files.stream()
                .filter(file ->
                        !FileStore.isHidden(file.path().substring(file.path().lastIndexOf('/') + 1)))
                .map(file -> new FileRef(SOURCE, file.path(), file.sizeBytes(), file.modifiedMillis()))
                .sorted(Comparator.comparing(FileRef::path))
                .toList();
    }

    private void read(FileRef file, FileStore store, RecordParser parser, Consumer<Document> documents)
            throws IOException {
        Framing.Range whole = new Framing.Range(0, file.sizeBytes());
        FileRecordReader.Options options =
                new FileRecordReader.Options(store, Framers.of(format), false, MAX_RECORD_BYTES);
        try (FileRecordReader reader = new FileRecordReader(file, whole, ReadProgress.START, options)) {
            while (!reader.isDone()) {
                reader.poll().map(parser::parse).ifPresent(parsed -> take(parsed, documents));
            }
        }
    }

    private void take(Parsed parsed, Consumer<Document> documents) {
        if (parsed instanceof ParsedDocument document) {
            documents.accept(document.document());
        } else if (parsed instanceof DeadLetter) {
            refused++;
        }
    }
}
