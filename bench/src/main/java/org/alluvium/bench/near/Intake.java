package org.alluvium.bench.near;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** An operator with its state in RocksDB, as the job has it but with memory of its own, and documents to send it. */
final class Intake {

    /** Sends one document, none of which is like another, to the operator. */
    interface Send {
        void next() throws Exception;
    }

    private final AbstractStreamOperatorTestHarness<?> operator;
    private final Send send;
    private Path checkpoints;

    Intake(AbstractStreamOperatorTestHarness<?> operator, Send send) {
        this.operator = operator;
        this.send = send;
    }

    /** Begins with no state. */
    void open(Path folder) throws Exception {
        checkpoints = folder.resolve("checkpoints");
        Configuration options = new Configuration();
        options.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true); // as the job has it
        options.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
        operator.setStateBackend(new EmbeddedRocksDBStateBackend(true)
                .configure(options, getClass().getClassLoader()));
        operator.setCheckpointStorage(new FileSystemCheckpointStorage(checkpoints.toUri()));
        operator.open();
    }

    /** Takes in so many documents. */
    void send(long documents) throws Exception {
        for (long document = 0; document < documents; document++) {
            send.next();
            operator.getOutput().clear();
        }
    }

    /**
     * Takes a checkpoint.
     *
     * @return bytes that it wrote
     */
    long checkpoint(long id) throws Exception {
        long before = size();
        operator.snapshot(id, id);
        operator.notifyOfCompletedCheckpoint(id);
        return size() - before;
    }

    /** Bytes of all checkpoints; what several share is there once. */
    private long size() throws IOException {
        if (!Files.exists(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    void close() throws Exception {
        operator.close();
    }
}
