package org.alluvium.gateway.target;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.gateway.batch.PushedRecord;

/** Keeps records until ingest has read them. Implementations are thread-safe. */
public interface DocumentTarget extends AutoCloseable {

    /**
     * Takes the records of one request, in their order.
     *
     * @return completes once all of them would survive a power cut, with the origin that each will have in the corpus;
     *     fails with a {@link DataException} if one of them can never be kept here, and with another {@link
     *     AlluviumException} if they cannot be now. After a failure, or a crash before completion,
     *     some of them may be kept nevertheless: who sends them again loses nothing.
     */
    CompletableFuture<List<String>> write(List<PushedRecord> records);

    /** What ingest has yet to read, as it was known a moment ago. Never waits. */
    Backlog backlog();

    /** Whether something could be kept when that was last tried; becomes true again by itself. */
    boolean healthy();

    /** Waits for what has been taken to be kept, and lets go of everything. */
    @Override
    void close();
}
