package org.alluvium.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens shards of a corpus, or what takedowns have made of them, that are what the log says they are and fit the trainer's
 * vocabulary.
 *
 * @param files of the corpus
 * @param vocabulary the trainer's
 * @param ends what the trainer takes for granted about the ends of documents
 */
public record ShardOpener(CorpusFiles files, Vocabulary vocabulary, DocumentEnds ends) {

    private static final Logger LOG = LoggerFactory.getLogger(ShardOpener.class);

    public ShardOpener(CorpusLayout corpus, Vocabulary vocabulary, DocumentEnds ends) {
        this(new CorpusFiles(corpus), vocabulary, ends);
    }

    /** Where the shards are. */
    public CorpusLayout corpus() {
        return files.corpus();
    }

    /**
     * Opens a shard before its first row. One that is replaced at this moment is opened as what it has become.
     *
     * @param named as the log's commit names it
     *
     * @throws DataException if the file is missing, or its digest is not the one in the log
     * @throws MismatchException if it was made with another vocabulary, or with other ends of documents
     * @throws StorageException if it cannot be read
     */
    public ShardReader open(ShardFile named) {
        return files.open(named, this::openCurrent);
    }

    private ShardReader openCurrent(ShardFile shard) {
        Path file = corpus().file(shard);
        requireDigest(file, shard);
        ShardReader reader = ShardReader.open(file);
        try {
            reader.requireTokenizer(vocabulary);
            requireEnds(file, reader.metadata());
            return reader;
        } catch (MismatchException e) {
            reader.close();
            throw e;
        }
    }

    /** Lets a shard of a remote corpus be fetched that is wanted soon. If that fails, it does so again when it is opened. */
    void fetchAhead(ShardFile shard) {
        if (!corpus().isLocal()) {
            Thread.ofVirtual().name("shard-ahead").start(() -> tryFetch(shard));
        }
    }

    private void tryFetch(ShardFile shard) {
        try {
            LOG.debug("Fetched ahead: {}", files.file(shard));
        } catch (AlluviumException e) {
            LOG.debug("Not fetched ahead: {}", e.getMessage());
        }
    }

    private static void requireDigest(Path file, ShardFile shard) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(
                    "the log names this shard, and it is not there",
                    file.toString(),
                    "Restore it from a copy of the corpus; its SHA-256 is " + shard.sha256());
        }
        String digest;
        try {
            digest = Sha256.of(file);
        } catch (IOException e) {
            throw StorageException.of("read the shard", file, e);
        }
        if (!digest.equals(shard.sha256())) {
            throw new DataException(
                    "the shard is damaged: its SHA-256 is " + digest + ", the log says " + shard.sha256(),
                    file.toString(),
                    "Restore it from a copy of the corpus");
        }
    }

    private void requireEnds(Path file, ShardMetadata metadata) {
        DocumentEnds found = new DocumentEnds(metadata.addBos(), metadata.addEos());
        if (!found.equals(ends)) {
            throw new MismatchException(
                    "the shard was made with addBos " + found.bos() + " and addEos " + found.eos()
                            + ", and this run is configured with " + ends.bos() + " and " + ends.eos(),
                    file.toString(),
                    "Set tokenizer.addBos and tokenizer.addEos to what the corpus has, or ingest into another folder");
        }
    }
}
