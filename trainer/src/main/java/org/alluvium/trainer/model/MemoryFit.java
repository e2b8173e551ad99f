package org.alluvium.trainer.model;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.Backend;

/** Holds what a model takes against the memory there is, before anything is allocated, and knows what would fit instead. */
public final class MemoryFit {

    private static final double USABLE_SHARE = 0.9; // the rest is for other processes and the page cache

    private final Backend backend;
    private final Backend evaluating;
    private final long usableBytes;

    /**
     * @param backend that trains; its device's memory counts, if it has one
     * @param evaluating of the kind that a copy of the weights is put onto, if there is one
     * @param usableBytes of this process
     */
    MemoryFit(Backend backend, Backend evaluating, long usableBytes) {
        this.backend = backend;
        this.evaluating = evaluating;
        this.usableBytes = usableBytes;
    }

    /** On this machine, or in this container. */
    static MemoryFit here(Backend backend, Backend evaluating) {
        return new MemoryFit(backend, evaluating, (long) (USABLE_SHARE * physicalBytes()));
    }

    /**
     * The plan of a model that fits here.
     *
     * @throws ConfigException if it does not, naming what would
     */
    public static MemoryPlan require(ModelShape shape, TrainingSetup setup, Backend backend) {
        return here(backend, backend).require(shape, setup);
    }

    MemoryPlan require(ModelShape shape, TrainingSetup setup) {
        MemoryPlan plan = plan(shape, setup);
        plan.obstacle(usableBytes).ifPresent(obstacle -> {
            throw new ConfigException(obstacle, "model, train.batch", advice(shape, setup));
        });
        return plan;
    }

    private MemoryPlan plan(ModelShape shape, TrainingSetup setup) {
        return MemoryPlan.of(shape, setup, backend, evaluating);
    }

    private boolean fits(ModelShape shape, TrainingSetup setup) {
        return plan(shape, setup).obstacle(usableBytes).isEmpty();
    }

    /** Every single change that would be enough. */
    private String advice(ModelShape shape, TrainingSetup setup) {
        int kept = mostRows(shape, setup);
        int recomputed = setup.learns() ? mostRows(shape, setup.recomputing()) : 0;
        List<String> changes = new ArrayList<>();
        if (kept > 0) {
            changes.add("train.batch to at most " + kept + " and train.accumulate higher instead");
        }
        if (recomputed == setup.rows()) {
            changes.add("train.recompute to blocks");
        } else if (recomputed > kept) {
            changes.add("train.recompute to blocks and train.batch to at most " + recomputed);
        }
        if (setup.copyThreads().isPresent() && fits(shape, setup.withoutCopy())) {
            changes.add("train.eval.place to between_steps and train.probes.texts to []");
        }
        return changes.isEmpty() ? smallerModel(shape, setup) : "Set " + String.join(", or ", changes);
    }

    private String smallerModel(ModelShape shape, TrainingSetup setup) {
        TrainingSetup least = setup.learns() ? setup.withRows(1).recomputing() : setup.withRows(1);
        int layers = most(shape.layers(), count -> fits(shape.withLayers(count), least));
        return "Choose a smaller model.preset, fewer model.channels or a lower model.context"
                + (layers > 0 ? "; with train.batch 1 and train.recompute blocks, model.layers may be " + layers : "");
    }

    private int mostRows(ModelShape shape, TrainingSetup setup) {
        return most(setup.rows(), rows -> fits(shape, setup.withRows(rows)));
    }

    /** The largest of 1 to {@code limit} that fits, where all below do too; 0 if none does. */
    private static int most(int limit, IntPredicate fits) {
        int fitting = 0;
        int tooMany = limit + 1;
        while (tooMany - fitting > 1) {
            int middle = fitting + (tooMany - fitting) / 2;
            if (fits.test(middle)) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        return fitting;
    }

    private static long physicalBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }
}
