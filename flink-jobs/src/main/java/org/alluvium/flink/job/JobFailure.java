package org.alluvium.flink.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.flink.kafka.KafkaFailure;
import org.apache.flink.runtime.state.BackendBuildingException;
import org.apache.kafka.common.KafkaException;

/** Finds, in the chain of causes that Flink hands back for a failed job, the sentence that a person needs. */
final class JobFailure {

    private static final String NO_SPACE = "No space left on device";
    private static final String NO_OPERATOR = "the operator is not available in the new program";

    private JobFailure() {}

    /**
     * The error to end the process with.
     *
     * @param state folder of the job's checkpoints, to be named where they are at fault
     */
    static RuntimeException explain(Throwable failure, String state) {
        List<Throwable> chain = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
        Optional<RuntimeException> ours = first(chain, AlluviumException.class).map(found -> found);
        return ours.or(() -> fullDisk(chain, state))
                .or(() -> removedSource(chain, state))
                .or(() -> first(chain, BackendBuildingException.class).map(found -> unreadableState(found, state)))
                .or(() -> first(chain, KafkaException.class).flatMap(KafkaFailure::explain))
                .or(() -> first(chain, IOException.class)
                        .map(found -> StorageException.of("run the ingest job", state, found)))
                .orElseGet(() -> new IllegalStateException("the ingest job has failed", failure));
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** RocksDB, and what Flink makes of its errors, tell a full disk by the operating system's words alone. */
    private static Optional<RuntimeException> fullDisk(List<Throwable> chain, String state) {
        return chain.stream()
                .filter(cause -> String.valueOf(cause.getMessage()).contains(NO_SPACE))
                .findFirst()
                .map(cause -> StorageException.of("run the ingest job", state, new IOException(NO_SPACE, cause)));
    }

    /** Flink says so of any operator; only that of a topic comes and goes with the configuration, or one of {@code dedup}. */
    private static Optional<RuntimeException> removedSource(List<Throwable> chain, String state) {
        return chain.stream()
                .filter(cause -> String.valueOf(cause.getMessage()).contains(NO_OPERATOR))
                .findFirst()
                .map(cause -> new MismatchException(
                        "the job's state has the place of something that is configured no more: a Kafka source that was"
                                + " removed or renamed, or a part of dedup that was turned off",
                        state,
                        "Put it back as it was; a source that shall not be read keeps its place with flow.paused: true",
                        cause));
    }

    private static RuntimeException unreadableState(BackendBuildingException cause, String state) {
        return new DataException(
                "the job's state cannot be restored (" + cause.getMessage() + ")",
                state,
                "Put the newest chk-* folder and shared/ back from a copy, or begin a new corpus folder",
                cause);
    }
}
