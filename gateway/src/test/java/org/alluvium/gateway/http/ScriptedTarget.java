package org.alluvium.gateway.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.gateway.target.Backlog;
import org.alluvium.gateway.target.DocumentTarget;

/** Says when it was asked, and answers when it is told to. */
final class ScriptedTarget implements DocumentTarget {

    final CompletableFuture<List<PushedRecord>> asked = new CompletableFuture<>();
    final CompletableFuture<List<String>> outcome = new CompletableFuture<>();

    @Override
    public CompletableFuture<List<String>> write(List<PushedRecord> records) {
        asked.complete(records);
        return outcome;
    }

    @Override
    public Backlog backlog() {
        return new Backlog(0, 1, "bytes", Optional.empty());
    }

    @Override
    public boolean healthy() {
        return true;
    }

    @Override
    public void close() {
        outcome.cancel(false);
    }
}
