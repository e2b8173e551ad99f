package org.alluvium.trainer.loop;

import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.pretrained.PretrainedModel;

/** What a model's tensors are before the next step: of a run's own checkpoint, of a published model, or random. */
public sealed interface StartingPoint {

    /** The shape that the model must have. */
    ModelShape shape();

    /** Fills a model of this shape, whatever is in it. */
    void fill(TrainableModel model);

    /** For people: where training starts. */
    String words();

    /**
     * Where a run starts. A run that began with a published model goes on without it: its checkpoints know the shape.
     *
     * @throws org.alluvium.contracts.error.MismatchException if the published model does not fit vocabulary or configuration
     */
    static StartingPoint of(AlluviumConfig config, Vocabulary vocabulary, Resume resume) {
        boolean published = config.train().initFrom().isPresent();
        if (resume.checkpoint().isPresent()) {
            Checkpoint checkpoint = resume.checkpoint().get();
            return new Own(checkpoint, published ? checkpoint.shape() : configured(config, vocabulary));
        }
        if (published) {
            PretrainedModel model =
                    PretrainedModel.open(config.train().initFrom().get());
            model.requireVocabulary(vocabulary);
            return new Published(model, model.shapeFor(config.model()));
        }
        return new Random(config.train().seed(), configured(config, vocabulary));
    }

    private static ModelShape configured(AlluviumConfig config, Vocabulary vocabulary) {
        return ModelShape.of(config.model(), vocabulary.size());
    }

    /** A checkpoint of the same run, moments included. */
    record Own(Checkpoint checkpoint, ModelShape shape) implements StartingPoint {

        @Override
        public void fill(TrainableModel model) {
            checkpoint.restore(model);
        }

        @Override
        public String words() {
            return "after step " + checkpoint.step() + ", from " + checkpoint.path();
        }
    }

    /** Weights that somebody published. */
    record Published(PretrainedModel model, ModelShape shape) implements StartingPoint {

        @Override
        public void fill(TrainableModel into) {
            into.initialize(0); // for what is no weight; weights are replaced
            model.fill(into);
        }

        @Override
        public String words() {
            return "with the weights of " + model.folder();
        }
    }

    /** Weights drawn from a seed. */
    record Random(long seed, ModelShape shape) implements StartingPoint {

        @Override
        public void fill(TrainableModel model) {
            model.initialize(seed);
        }

        @Override
        public String words() {
            return "anew";
        }
    }
}
