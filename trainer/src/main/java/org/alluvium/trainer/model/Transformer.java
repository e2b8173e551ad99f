package org.alluvium.trainer.model;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.choice.OpenBackend;
import org.alluvium.trainer.optim.Update;

/**
 * A decoder-only transformer as Llama is one (arXiv 2302.13971): pre-RMSNorm, rotary positions, SwiGLU, grouped-query
 * attention (arXiv 2305.13245), no biases. The backward pass is written out, layer by layer, in {@link Block} and
 * {@link OutputHead}. All memory is allocated by the constructor. Departures: positions restart with every document of a
 * packed row, and attention does not leave it. An {@link Architecture} may depart further.
 */
public final class Transformer implements TrainableModel {

    private final Backend backend;
    private final BackendInfo info;
    private final MemoryPlan memory;
    private final ModelShape shape;
    private final int rows;
    private final boolean zeroInit;
    private final ParameterLayout layout;
    private final List<ParameterInfo> parameters;

    private final Tensor weights;
    private final Tensor gradients;
    private final OptimizerState optimizer;
    private final Tensor squaredNorm;
    private final float[] squaredNormOnHost = new float[1];
    private boolean normIsKnown;
    private boolean accumulated; // whether the gradients hold anything; else what lies in them counts as 0

    private final Indices ids;
    private final Indices targets;
    private final Indices documentStart;
    private final List<Tensor> stream = new ArrayList<>(); // the residual stream (N,C) before, between and after blocks
    private final List<Block> blocks = new ArrayList<>();
    private final Gradients scratch;
    private final OutputHead head;
    private final Tensor losses;
    private final boolean learns;
    private final boolean keepsKeys; // of every block, as they share no activations
    private boolean weightsChanged; // since products last took them over
    private Consumer<StepPart> partsHeard = _ -> {};
    private int[] known = {}; // the document whose keys and values the blocks hold, for continuing it

    /**
     * Allocates everything; weights are zero until {@link #initialize} or {@link #write}.
     *
     * @param backend closed with the model
     */
    public Transformer(ModelShape shape, TrainingSetup setup, Backend backend) {
        this(shape, setup, new OpenBackend(backend, List.of()), MemoryPlan.of(shape, setup, backend));
    }

    /**
     * As above, on a backend that was chosen instead of others.
     *
     * @param memory that it takes
     */
    Transformer(ModelShape shape, TrainingSetup setup, OpenBackend open, MemoryPlan memory) {
        backend = open.backend();
        info = open.info();
        this.memory = memory;
        this.shape = shape;
        this.rows = setup.rows();
        this.zeroInit = setup.zeroInit();
        keepsKeys = !setup.recompute();
        int tokens = Math.multiplyExact(rows, shape.context());
        layout = new ParameterLayout(shape);
        parameters = layout.parameters();
        weights = backend.allocate(layout.size());
        learns = setup.learns();
        gradients = learns ? backend.allocate(layout.size()) : weights; // where nothing is learned, nobody writes them
        optimizer = new OptimizerState(backend, layout, setup, weights, gradients);
        squaredNorm = backend.allocate(1);
        ids = backend.allocateIndices(tokens);
        targets = backend.allocateIndices(tokens);
        documentStart = backend.allocateIndices(tokens);
        Block.Memory shared = new Block.Memory(backend, shape, layout, weights, gradients, rotations(), learns);
        stream.add(backend.allocate((long) tokens * shape.channels()));
        Activations kept = Activations.allocate(backend, shape, tokens);
        for (int layer = 0; layer < shape.layers(); layer++) {
            boolean last = layer == shape.layers() - 1;
            blocks.add(new Block(shared, layer, stream.get(layer), kept, setup.recompute() && !last));
            kept = setup.recompute() || last ? kept : Activations.allocate(backend, shape, tokens);
            stream.add(backend.allocate((long) tokens * shape.channels()));
        }
        scratch = Gradients.allocate(backend, shape, learns ? tokens : 0);
        head = new OutputHead(
                shared, new LossTerms(shape.architecture().logitSoftCap(), setup.zLoss()), stream.getLast(), tokens);
        losses = backend.allocate(tokens);
        backend.reserve(MemoryPlan.workload(shape, setup));
    }

    /** As above, with AdamW for every parameter. */
    public Transformer(ModelShape shape, int rows, Backend backend) {
        this(shape, TrainingSetup.of(rows), backend);
    }

    /** The table (T,D) of {@link Backend#rotate}. */
    private Tensor rotations() {
        int half = shape.headSize() / 2;
        float[] table = new float[shape.context() * shape.headSize()];
        for (int position = 0; position < shape.context(); position++) {
            for (int i = 0; i < half; i++) {
                double frequency = StrictMath.pow(shape.ropeTheta(), -(double) i / half);
                double angle = position * shape.ropeScaling().scale(frequency);
                table[position * shape.headSize() + i] = (float) StrictMath.cos(angle);
                table[position * shape.headSize() + half + i] = (float) StrictMath.sin(angle);
            }
        }
        Tensor tensor = backend.allocate(table.length);
        backend.write(tensor, table, table.length);
        return tensor;
    }

    @Override
    public ModelShape shape() {
        return shape;
    }

    @Override
    public BackendInfo backend() {
        return info;
    }

    @Override
    public MemoryPlan memory() {
        return memory;
    }

    @Override
    public double measurePeakFlops() {
        return backend.measurePeakFlops();
    }

    @Override
    public List<ParameterInfo> parameters() {
        return parameters;
    }

    @Override
    public void initialize(long seed) {
        requireLearns();
        Initializer initializer = new Initializer(shape, zeroInit, seed);
        int largest = parameters.stream().mapToInt(ParameterInfo::size).max().orElseThrow();
        float[] values = new float[largest];
        for (int i = 0; i < parameters.size(); i++) {
            initializer.fill(parameters.get(i), i, values);
            write(parameters.get(i), Slot.WEIGHT, values);
        }
        discardGradients();
        optimizer.reset();
    }

    @Override
    public double accumulateGradients(Batch batch, float scale, float[] tokenLosses) {
        requireLearns();
        normIsKnown = false;
        AttentionShape dimensions = load(batch);
        int tokens = dimensions.tokens();
        forward(dimensions);
        partsHeard.accept(StepPart.FORWARD);
        if (!accumulated) {
            clearSums();
        }
        head.forwardBackward(losses, targets, scale, tokens, scratch, accumulated);
        partsHeard.accept(StepPart.OUTPUT);
        for (int layer = blocks.size() - 1; layer >= 0; layer--) {
            blocks.get(layer).backward(scratch, documentStart, dimensions, accumulated);
        }
        Tensor embeddingGradient = layout.embedding(gradients);
        backend.embedBackward(embeddingGradient, scratch.residual(), ids, tokens, shape.channels());
        accumulated = true;
        return readLosses(tokenLosses, tokens);
    }

    @Override
    public void tellParts(Consumer<StepPart> listener) {
        partsHeard = info.device().isPresent() ? _ -> {} : listener;
    }

    /** Gradients that are only ever added to; those of matrices are overwritten by the first batch, which costs less. */
    private void clearSums() {
        backend.clear(gradients.slice(layout.decayedSize(), layout.size() - layout.decayedSize()));
        if (!shape.tiedEmbeddings()) {
            backend.clear(layout.embedding(gradients));
        }
    }

    private void clearUnlessAccumulated() {
        if (!accumulated) {
            backend.clear(gradients);
        }
    }

    private void requireLearns() {
        if (!learns) {
            throw new IllegalStateException("the model was made to be evaluated, and has nothing to learn with");
        }
    }

    @Override
    public double evaluate(Batch batch, float[] tokenLosses) {
        AttentionShape dimensions = load(batch);
        forward(dimensions);
        head.forward(losses, targets, dimensions.tokens());
        return readLosses(tokenLosses, dimensions.tokens());
    }

    private AttentionShape load(Batch batch) {
        if (batch.rows() > rows || batch.context() > shape.context()) {
            throw new IllegalArgumentException("a batch of " + batch.rows() + " rows of " + batch.context()
                    + " tokens does not fit a model for " + rows + " rows of " + shape.context());
        }
        int tokens = batch.rows() * batch.context();
        requireIds(batch.inputs(), tokens, 0);
        requireIds(batch.targets(), tokens, Batch.NOT_SCORED);
        known = new int[0];
        backend.write(ids, batch.inputs(), tokens);
        backend.write(targets, batch.targets(), tokens);
        backend.write(documentStart, batch.documentStart(), tokens);
        return attentionShape(batch.rows(), batch.context());
    }

    private AttentionShape attentionShape(int batchRows, int context) {
        return new AttentionShape(batchRows, context, shape.heads(), shape.kvHeads(), shape.headSize());
    }

    private void requireIds(int[] candidates, int count, int smallest) {
        for (int i = 0; i < count; i++) {
            if (candidates[i] < smallest || candidates[i] >= shape.vocabulary()) {
                throw new IllegalArgumentException("token id " + candidates[i] + " at " + i
                        + " lies outside the vocabulary of " + shape.vocabulary());
            }
        }
    }

    private void forward(AttentionShape dimensions) {
        if (weightsChanged) {
            blocks.forEach(Block::refresh);
            head.refresh();
            weightsChanged = false;
        }
        backend.embed(stream.getFirst(), layout.embedding(weights), ids, dimensions.tokens(), shape.channels());
        for (int layer = 0; layer < blocks.size(); layer++) {
            blocks.get(layer).forward(stream.get(layer + 1), documentStart, dimensions);
        }
    }

    private double readLosses(float[] tokenLosses, int tokens) {
        backend.read(losses, tokenLosses, tokens);
        double sum = 0;
        for (int i = 0; i < tokens; i++) {
            sum += tokenLosses[i];
        }
        return sum;
    }

    @Override
    public double gradientNorm() {
        requireLearns();
        clearUnlessAccumulated();
        backend.squaredNorm(squaredNorm, gradients);
        backend.read(squaredNorm, squaredNormOnHost, 1);
        normIsKnown = true;
        return Math.sqrt(squaredNormOnHost[0]);
    }

    @Override
    public void update(Update update) {
        if (!normIsKnown) {
            throw new IllegalStateException("the gradients' norm decides how they are clipped; ask for it first");
        }
        optimizer.update(update, squaredNorm);
        weightsChanged = true;
        discardGradients();
    }

    @Override
    public void discardGradients() {
        requireLearns();
        accumulated = false;
        normIsKnown = false;
    }

    @Override
    public Set<Slot> slots(ParameterInfo parameter) {
        return optimizer.slots(parameter);
    }

    @Override
    public void read(ParameterInfo parameter, Slot slot, MemorySegment destination) {
        backend.read(optimizer.tensor(parameter, slot), destination);
    }

    @Override
    public void read(ParameterInfo parameter, Slot slot, float[] destination) {
        backend.read(optimizer.tensor(parameter, slot), destination, parameter.size());
    }

    @Override
    public void write(ParameterInfo parameter, Slot slot, float[] source) {
        backend.write(optimizer.tensor(parameter, slot), source, parameter.size());
        weightsChanged |= slot == Slot.WEIGHT;
    }

    /** Copies a gradient out, row-major; for tests and diagnosis. */
    public void readGradient(ParameterInfo parameter, float[] destination) {
        clearUnlessAccumulated();
        backend.read(layout.view(gradients, parameter), destination, parameter.size());
    }

    /**
     * {@inheritDoc}
     *
     * <p>One more id than in the call before, with nothing computed in between, costs one token: keys and values of the others
     * are still there. Anything else costs as many as there are ids. Of more than T ids the last ones count: at most T, and more
     * than T/2, so that a long text is taken up anew once in T/2 tokens.
     */
    @Override
    public float[] nextTokenLogits(int[] prefix, int length) {
        int[] window = Arrays.copyOfRange(prefix, windowStart(length), length);
        requireIds(window, window.length, 0);
        int newest = window.length - 1;
        boolean continued = keepsKeys
                && !weightsChanged
                && newest == known.length
                && newest > 0
                && Arrays.equals(known, 0, newest, window, 0, newest);
        float[] logits = new float[shape.vocabulary()];
        if (continued) {
            step(window[newest], newest);
            head.logits(0, logits);
        } else {
            forward(window);
            head.logits(newest, logits);
        }
        known = window;
        return logits;
    }

    @Override
    public Insight inspect(int[] document) {
        if (!keepsKeys) {
            throw new IllegalStateException("the model was made to recompute, and keeps nothing to look at");
        }
        if (document.length == 0 || document.length > shape.context()) {
            throw new IllegalArgumentException(
                    "a document of " + document.length + " tokens; the model sees 1 to " + shape.context());
        }
        requireIds(document, document.length, 0);
        known = document.clone();
        return new Insight(forward(known), blocks, head, shape.vocabulary());
    }

    private AttentionShape forward(int[] document) {
        AttentionShape dimensions = attentionShape(1, document.length);
        backend.write(ids, document, document.length);
        backend.write(documentStart, new int[document.length], document.length);
        forward(dimensions);
        return dimensions;
    }

    /** Where the part of a text begins that fits into the context; it moves on by half a context at a time. */
    private int windowStart(int length) {
        int half = Math.max(1, shape.context() / 2);
        return Math.ceilDiv(Math.max(0, length - shape.context()), half) * half;
    }

    /** One more token of the document that the blocks know. */
    private void step(int id, int position) {
        backend.write(ids, new int[] {id}, 1);
        backend.write(documentStart, new int[] {0}, 1);
        backend.embed(stream.getFirst(), layout.embedding(weights), ids, 1, shape.channels());
        for (int layer = 0; layer < blocks.size(); layer++) {
            blocks.get(layer).step(stream.get(layer + 1), documentStart, position);
        }
    }

    @Override
    public void close() {
        backend.close();
    }
}
