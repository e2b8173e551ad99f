package org.alluvium.trainer.copy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;

/**
 * A second model for weights of the one that is trained, on a thread of its own and a backend of its own. One task at a time
 * has it, from {@link #begin} to its end; in between, the training thread does. A future orders the two, so there is no lock.
 * All methods but {@link #requireWanted} are the training thread's. Nothing is allocated until it is used.
 */
public final class WeightsCopy implements AutoCloseable {

    private final Supplier<TrainableModel> models;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("evaluation").daemon().factory());
    private TrainableModel model;
    private float[] buffer = {};
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private volatile boolean abandoned;

    /**
     * @param models makes a model of the shape of the one that is trained; called at most once, by the thread of the tasks, so
     *     that threads which the model starts have that thread's priority
     */
    public WeightsCopy(Supplier<TrainableModel> models) {
        this.models = models;
    }

    /** The model that tasks are about; only for them. It is made by the first call, which is not for tasks. */
    public TrainableModel model() {
        if (model == null) {
            model = result(CompletableFuture.supplyAsync(this::atLowPriority, thread));
            buffer = new float
                    [model.parameters().stream()
                            .mapToInt(ParameterInfo::size)
                            .max()
                            .orElse(0)];
        }
        return model;
    }

    private TrainableModel atLowPriority() {
        LowPriority.take();
        return models.get();
    }

    /** Whether a task is at work. */
    public boolean isBusy() {
        return !running.isDone();
    }

    /** Takes over the weights of another model of the shape. */
    public void takeOver(TrainableModel other) {
        requireIdle();
        TrainableModel copy = model();
        for (ParameterInfo parameter : other.parameters()) {
            other.read(parameter, TrainableModel.Slot.WEIGHT, buffer);
            copy.write(parameter, TrainableModel.Slot.WEIGHT, buffer);
        }
    }

    /**
     * Begins a task.
     *
     * @param task ends with whatever {@link #requireWanted} throws, which counts as its end
     * @throws IllegalStateException if another is at work
     */
    public void begin(Runnable task) {
        requireIdle();
        model();
        running = CompletableFuture.runAsync(() -> untilUnwanted(task), thread);
    }

    private void requireIdle() {
        if (isBusy()) {
            throw new IllegalStateException("somebody else works with the copy of the weights");
        }
        awaitIdle();
    }

    private static void untilUnwanted(Runnable task) {
        try {
            task.run();
        } catch (CancellationException _) {
            // nobody wants to know any more
        }
    }

    /**
     * For tasks to ask now and then.
     *
     * @throws CancellationException if nobody waits for what they find out
     */
    public void requireWanted() {
        if (abandoned) {
            throw new CancellationException("the task is no longer wanted");
        }
    }

    /** Waits until no task is at work; throws, once, what a defect in one threw. */
    public void awaitIdle() {
        CompletableFuture<Void> ended = running;
        try {
            result(ended);
        } finally {
            running = CompletableFuture.completedFuture(null);
        }
    }

    /** Abandons the task that is at work, if there is one, and throws as {@link #awaitIdle} does. */
    @Override
    public void close() {
        abandoned = true;
        thread.close(); // waits until the task asks whether it is wanted
        try {
            awaitIdle();
        } finally {
            if (model != null) {
                model.close();
            }
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
