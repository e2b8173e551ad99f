package org.alluvium.bench;

import java.util.SplittableRandom;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;

/** Trains a model on seeded random tokens, in documents of about half a row. */
final class SyntheticTraining {

    private final TrainableModel model;
    private final Batch batch;
    private final float[] losses;
    private int number;

    SyntheticTraining(TrainableModel model, int rows) {
        this.model = model;
        int context = model.shape().context();
        int vocabulary = model.shape().vocabulary();
        int tokens = rows * context;
        SplittableRandom random = new SplittableRandom(1);
        int[] documentStart = new int[tokens];
        for (int i = 1; i < tokens; i++) {
            boolean begins = i % context == 0 || random.nextInt(context) < 2;
            documentStart[i] = begins ? i % context : documentStart[i - 1];
        }
        int[] inputs = random.ints(tokens, 0, vocabulary).toArray();
        int[] targets = random.ints(tokens, 0, vocabulary).toArray();
        batch = new Batch(rows, context, inputs, targets, documentStart);
        losses = new float[tokens];
        model.initialize(1);
    }

    /** Runs so many steps and returns the mean loss of each. */
    double[] steps(int count) {
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = model.accumulateGradients(batch, 1f / losses.length, losses) / losses.length;
            model.gradientNorm();
            model.update(new Update(++number, 1, new AdamW(1e-3, 0.9, 0.95, 1e-8, 0.1)));
        }
        return means;
    }
}
