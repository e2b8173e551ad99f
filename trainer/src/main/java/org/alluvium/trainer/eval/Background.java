package org.alluvium.trainer.eval;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Evaluates a copy of the weights on a thread of its own, and a backend of its own, while training goes on. Training waits for
 * the copy alone. The copy has one user at a time: the training thread while it writes it, the other from the submission of an
 * evaluation to its completion; the future orders the two.
 */
final class Background implements EvaluationPlace {

    private final TrainableModel model;
    private final EvaluationReports reports;
    private final LongSupplier nanoTime;
    private final ExecutorService thread;
    private final TrainableModel copy;
    private final Evaluation evaluation;
    private final float[] buffer;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private volatile boolean abandoned;

    /**
     * @param model that is trained
     * @param copies makes a model of the same shape; called by the thread that evaluates, so that threads which the model starts
     *     have that thread's priority
     */
    Background(
            TrainableModel model,
            Supplier<TrainableModel> copies,
            EvaluationMaterial material,
            EvaluationReports reports,
            LongSupplier nanoTime) {
        this.model = model;
        this.reports = reports;
        this.nanoTime = nanoTime;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("evaluation").daemon().factory());
        try {
            this.copy = result(CompletableFuture.supplyAsync(() -> atLowPriority(copies), thread));
        } catch (RuntimeException | Error e) {
            thread.shutdown();
            throw e;
        }
        this.evaluation = new Evaluation(copy, material, this::requireWanted);
        this.buffer = new float
                [model.parameters().stream().mapToInt(ParameterInfo::size).max().orElse(0)];
    }

    private static TrainableModel atLowPriority(Supplier<TrainableModel> copies) {
        LowPriority.take();
        return copies.get();
    }

    @Override
    public boolean isBusy() {
        return !running.isDone();
    }

    @Override
    public void begin(long step, Set<EvaluationKind> kinds) {
        if (isBusy()) {
            throw new IllegalStateException("an evaluation is going on");
        }
        awaitIdle();
        long started = nanoTime.getAsLong();
        copyWeights();
        long stall = nanoTime.getAsLong() - started;
        running = CompletableFuture.runAsync(() -> evaluate(step, kinds, stall), thread);
    }

    private void copyWeights() {
        for (ParameterInfo parameter : model.parameters()) {
            model.read(parameter, TrainableModel.Slot.WEIGHT, buffer);
            copy.write(parameter, TrainableModel.Slot.WEIGHT, buffer);
        }
    }

    private void evaluate(long step, Set<EvaluationKind> kinds, long stallNanos) {
        long started = nanoTime.getAsLong();
        try {
            reports.run(evaluation, step, kinds);
        } catch (CancellationException _) {
            return; // nobody wants to know any more
        }
        reports.took(step, kinds, stallNanos, nanoTime.getAsLong() - started);
    }

    private void requireWanted() {
        if (abandoned) {
            throw new CancellationException("the evaluation is no longer wanted");
        }
    }

    @Override
    public void awaitIdle() {
        CompletableFuture<Void> ended = running;
        try {
            result(ended);
        } finally {
            running = CompletableFuture.completedFuture(null); // a defect is thrown once
        }
    }

    @Override
    public void close() {
        abandoned = true;
        thread.close(); // waits until the batch of the moment is done
        try {
            awaitIdle();
        } finally {
            copy.close();
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
