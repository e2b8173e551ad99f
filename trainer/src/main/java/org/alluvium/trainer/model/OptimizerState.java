package org.alluvium.trainer.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Backend.Moments;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;

/**
 * What an optimizer remembers of every parameter, and the update. With Muon the matrices of the blocks have a momentum,
 * everything else has AdamW's two moments; without, everything has the two. The layout puts the matrices of the blocks
 * first, so each group is one range. There may be a running average of the weights, too.
 */
final class OptimizerState {

    private final Backend backend;
    private final ParameterLayout layout;
    private final Tensor weights;
    private final Tensor gradients;
    private final long momentumSize; // of the elements, the first so many are Muon's
    private final Tensor momentum;
    private final Moments moments; // of the elements behind
    private final List<MuonMatrix> matrices;
    private final Optional<Tensor> average;

    OptimizerState(Backend backend, ParameterLayout layout, TrainingSetup setup, Tensor weights, Tensor gradients) {
        this.backend = backend;
        this.layout = layout;
        this.weights = weights;
        this.gradients = gradients;
        momentumSize = setup.muon().isPresent() ? layout.hiddenSize() : 0;
        momentum = backend.allocate(momentumSize);
        long rest = setup.learns() ? layout.size() - momentumSize : 0;
        moments = new Moments(backend.allocate(rest), backend.allocate(rest));
        average = setup.average() ? Optional.of(backend.allocate(layout.size())) : Optional.empty();
        matrices = setup.muon().stream()
                .flatMap(scale -> layout.hidden().stream().map(parameter -> {
                    int out = parameter.dimensions().getFirst();
                    int in = parameter.dimensions().getLast();
                    return new MuonMatrix(
                            layout.view(weights, parameter),
                            layout.view(gradients, parameter),
                            layout.view(momentum, parameter),
                            out,
                            in,
                            Muon.scale(scale, out, in));
                }))
                .toList();
    }

    /** Elements it allocates. */
    static long elements(ParameterLayout layout, TrainingSetup setup) {
        if (!setup.learns()) {
            return 0;
        }
        return 2 * layout.size()
                - (setup.muon().isPresent() ? layout.hiddenSize() : 0)
                + (setup.average() ? layout.size() : 0);
    }

    /** What {@link #slots} a model has besides the weight, counted over all parameters' elements, without padding. */
    static long remembered(ParameterLayout layout, TrainingSetup setup) {
        return layout.parameters().stream()
                .mapToLong(parameter -> {
                    int moments = setup.muon().isPresent() && layout.isHidden(parameter) ? 1 : 2;
                    return (long) parameter.size() * (moments + (setup.average() ? 1 : 0));
                })
                .sum();
    }

    /** As before the first update: nothing is remembered, and the average is what the weights are. */
    void reset() {
        average.ifPresent(tensor -> backend.copy(tensor, weights, layout.size()));
        backend.clear(momentum);
        backend.clear(moments.first());
        backend.clear(moments.second());
    }

    void update(Update update, Tensor squaredNorm) {
        if (update.muon().isPresent() == matrices.isEmpty()) {
            throw new IllegalArgumentException("the model was made for another optimizer than " + update);
        }
        update.muon().ifPresent(muon -> backend.muon(matrices, squaredNorm, muon.coefficients(update)));
        adamW(momentumSize, layout.decayedSize(), squaredNorm, update, true);
        adamW(layout.decayedSize(), layout.size(), squaredNorm, update, false);
        average.ifPresent(tensor -> backend.average(tensor, weights, update.averageShare()));
    }

    private void adamW(long from, long to, Tensor squaredNorm, Update update, boolean decayed) {
        long size = to - from;
        Moments range = new Moments(
                moments.first().slice(from - momentumSize, size),
                moments.second().slice(from - momentumSize, size));
        backend.adamW(
                weights.slice(from, size),
                gradients.slice(from, size),
                range,
                squaredNorm,
                update.adamW().coefficients(update, decayed));
    }

    /** What there is of a parameter. */
    Set<Slot> slots(ParameterInfo parameter) {
        EnumSet<Slot> slots = isMuons(parameter)
                ? EnumSet.of(Slot.WEIGHT, Slot.MOMENTUM)
                : EnumSet.of(Slot.WEIGHT, Slot.FIRST_MOMENT, Slot.SECOND_MOMENT);
        if (average.isPresent()) {
            slots.add(Slot.AVERAGE);
        }
        return slots;
    }

    /** One of a parameter's tensors. */
    Tensor tensor(ParameterInfo parameter, Slot slot) {
        if (!slots(parameter).contains(slot)) {
            throw new IllegalArgumentException("there is no " + slot + " of " + parameter.name());
        }
        return switch (slot) {
            case WEIGHT -> layout.view(weights, parameter);
            case AVERAGE -> layout.view(average.orElseThrow(), parameter);
            case MOMENTUM -> layout.view(momentum, parameter);
            case FIRST_MOMENT -> layout.view(moments.first(), parameter, momentumSize);
            case SECOND_MOMENT -> layout.view(moments.second(), parameter, momentumSize);
        };
    }

    private boolean isMuons(ParameterInfo parameter) {
        return momentumSize > 0 && layout.isHidden(parameter);
    }
}
