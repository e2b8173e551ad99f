package org.alluvium.cli.corpus;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.FileStore;
import org.alluvium.ingest.file.Framers;
import org.alluvium.ingest.file.LocalFiles;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;

/**
 * Looks for documents where they were read: through the files of the local folders among the sources, one after the other,
 * as ingest reads them; a folder that is not there has none. Takes as long as reading them does.
 */
public final class SourceSearch {

    private final List<SourceConfig> folders;
    private final long maxRecordBytes;

    /**
     * A search in those of the sources that are local folders.
     *
     * @param maxRecordBytes longest record that is read
     */
    public SourceSearch(List<SourceConfig> sources, long maxRecordBytes) {
        this.folders =
                sources.stream().filter(source -> local(source).isPresent()).toList();
        this.maxRecordBytes = maxRecordBytes;
    }

    private static Optional<Path> local(SourceConfig source) {
        return source.path().flatMap(location -> location.folder()).filter(Files::isDirectory);
    }

    /**
     * The first document of that id, as its parser gives it to the filters.
     *
     * @throws StorageException if a file cannot be read
     */
    public Optional<Document> find(String id) {
        for (SourceConfig source : folders) {
            Path folder = local(source).orElseThrow();
            try {
                Optional<Document> found = find(id, source, new LocalFiles(folder));
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                throw StorageException.of("look through the source", folder, e);
            }
        }
        return Optional.empty();
    }

    private Optional<Document> find(String id, SourceConfig source, FileStore files) throws IOException {
        PathMatcher pattern =
                FileSystems.getDefault().getPathMatcher("glob:" + source.files().pattern());
        FileRecordReader.Options options =
                new FileRecordReader.Options(files, Framers.of(source.format()), false, maxRecordBytes);
        for (FileStore.Entry entry : files.walk().files()) {
            if (pattern.matches(Path.of(entry.path()).getFileName())) {
                FileRef file = new FileRef(source.name(), entry.path(), entry.sizeBytes(), entry.modifiedMillis());
                Optional<Document> found = find(id, file, options, RecordParser.of(source));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Document> find(
            String id, FileRef file, FileRecordReader.Options options, RecordParser parser) throws IOException {
        Framing.Range whole = new Framing.Range(0, file.sizeBytes());
        try (FileRecordReader reader = new FileRecordReader(file, whole, ReadProgress.START, options)) {
            while (!reader.isDone()) {
                Optional<Document> found = reader.poll()
                        .map(parser::parse)
                        .filter(ParsedDocument.class::isInstance)
                        .map(parsed -> ((ParsedDocument) parsed).document())
                        .filter(document -> document.id().equals(id));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
