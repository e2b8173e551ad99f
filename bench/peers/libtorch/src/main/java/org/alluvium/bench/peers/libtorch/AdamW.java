package org.alluvium.bench.peers.libtorch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's fused AdamW over tensors of one decay. The binding has no method for that operator, and PyTorch's C++ optimizer
 * does not use it, so it is called through the dispatcher, as PyTorch's Python does.
 */
final class AdamW {

    private final OperatorHandle update = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
    private final Dump.Optimizer constants;
    private final double decay;
    private final List<Tensor> weights;
    private final List<Tensor> counts;
    private final GenericList weightList;
    private final GenericList firstMoments;
    private final GenericList secondMoments;
    private final GenericList countList;

    /** An optimizer whose moments are zero, over weights that stay the caller's. */
    AdamW(List<Tensor> weights, Dump.Optimizer constants, double decay) {
        this.weights = List.copyOf(weights);
        this.constants = constants;
        this.decay = decay;
        this.counts = weights.stream().map(weight -> torch.zeros(new long[0])).toList();
        this.weightList = list(weights);
        this.firstMoments = list(weights.stream().map(torch::zeros_like).toList());
        this.secondMoments = list(weights.stream().map(torch::zeros_like).toList());
        this.countList = list(counts);
    }

    /** One update by the weights' gradients, which stay. */
    void step(double learningRate) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            counts.forEach(count -> count.add_(new Scalar(1)));
            update.callBoxed(new IValueVector(
                    new IValue(weightList),
                    new IValue(list(weights.stream().map(Tensor::grad).toList())),
                    new IValue(firstMoments),
                    new IValue(secondMoments),
                    new IValue(list(List.of())), // no maxima: not AMSGrad
                    new IValue(countList),
                    new IValue(learningRate),
                    new IValue(constants.beta1()),
                    new IValue(constants.beta2()),
                    new IValue(decay),
                    new IValue(constants.epsilon()),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue()));
        }
    }

    private static GenericList list(List<Tensor> tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return list;
    }
}
