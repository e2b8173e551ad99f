package org.alluvium.trainer.tornado.examine;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.model.Architecture;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.RopeScaling;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;

/**
 * Two small models that take a step, of which every operation of a backend is part: one as Llama is, one that departs from it
 * wherever it can. Numbers of tokens are odd, and some documents have but one.
 */
final class Exercise {

    private static final int ROWS = 2;
    private static final int CONTEXT = 19;
    private static final int VOCABULARY = 53;
    private static final int LONGEST_DOCUMENT = 7;

    private static final TrainingSetup ADAM =
            new TrainingSetup(ROWS, Optional.empty(), false, 0, false, false, true, OptionalInt.empty());
    private static final TrainingSetup MUON = new TrainingSetup(
            ROWS, Optional.of(MuonConfig.Scale.RMS), true, 1e-3, false, false, true, OptionalInt.empty());

    private Exercise() {}

    /** Each model has a backend of its own, which is closed with it. */
    static void withEveryOperation(Supplier<Backend> backend) {
        train(shape(3, 1, 72, Architecture.LLAMA), ADAM, backend.get());
        train(shape(4, 4, 64, new Architecture(true, ModelConfig.Activation.RELU2, 15)), MUON, backend.get());
    }

    private static ModelShape shape(int heads, int kvHeads, int hidden, Architecture architecture) {
        return new ModelShape(
                VOCABULARY,
                CONTEXT,
                1,
                16 * heads,
                heads,
                kvHeads,
                16,
                hidden,
                10_000,
                new RopeScaling.None(),
                1e-5,
                heads == kvHeads,
                architecture);
    }

    private static void train(ModelShape shape, TrainingSetup setup, Backend backend) {
        Batch batch = batch();
        Optional<Muon> muon = setup.muon().map(_ -> new Muon(0.01, 0.95, true, 2, 0.1));
        try (TrainableModel model = new Transformer(shape, setup, backend)) {
            model.initialize(1);
            float[] losses = new float[ROWS * CONTEXT];
            model.accumulateGradients(batch, 1f / batch.scoredTokens(), losses);
            model.gradientNorm();
            model.update(new Update(1, 0.5, true, new AdamW(0.01, 0.9, 0.95, 1e-8, 0.1), muon, 0.1));
            model.evaluate(batch, losses);
            for (int length = CONTEXT / 2; length < CONTEXT / 2 + 2; length++) {
                model.nextTokenLogits(batch.inputs(), length);
            }
        }
    }

    /** Documents of one token, two, three and so on. */
    private static Batch batch() {
        int[] inputs = new int[ROWS * CONTEXT];
        int[] targets = new int[ROWS * CONTEXT];
        int[] documentStart = new int[ROWS * CONTEXT];
        int start = 0;
        int length = 1;
        for (int i = 0; i < inputs.length; i++) {
            int position = i % CONTEXT;
            if (position == 0 || position == start + length) {
                start = position;
                length = 1 + i % LONGEST_DOCUMENT;
            }
            inputs[i] = i * i % VOCABULARY;
            boolean last = position + 1 == Math.min(start + length, CONTEXT);
            targets[i] = last ? Batch.NOT_SCORED : (i + 1) * (i + 1) % VOCABULARY;
            documentStart[i] = start;
        }
        return new Batch(ROWS, CONTEXT, inputs, targets, documentStart);
    }
}
