package org.alluvium.trainer.backend;

import java.util.SplittableRandom;

/** A backend with seeded operands, so that the same scenario runs on two backends. */
public final class Bench {

    private final Backend backend;
    private final ElementType activations;
    private final SplittableRandom random;

    public Bench(Backend backend) {
        this(backend, ElementType.F32, new SplittableRandom(42));
    }

    private Bench(Backend backend, ElementType activations, SplittableRandom random) {
        this.backend = backend;
        this.activations = activations;
        this.random = random;
    }

    /** The same with other activations. */
    Bench with(ElementType type) {
        return new Bench(backend, type, random);
    }

    /** What element-wise operations may read and write in either type; uniform in (-1, 1). */
    Tensor activation(int size) {
        return activation(read(random(size)));
    }

    Tensor activation(float... values) {
        Tensor tensor = backend.allocate(values.length, activations);
        backend.write(tensor, values, values.length);
        return tensor;
    }

    public Backend backend() {
        return backend;
    }

    /** Uniform in (-1, 1). */
    public Tensor random(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return tensor(values);
    }

    /** Uniform in (-1, 1), rounded to the type. */
    public Tensor random(int size, ElementType type) {
        Tensor rounded = backend.allocate(size, type);
        backend.copy(rounded, random(size), size);
        return rounded;
    }

    public Tensor tensor(float... values) {
        Tensor tensor = backend.allocate(values.length);
        backend.write(tensor, values, values.length);
        return tensor;
    }

    public Indices randomIndices(int size, int from, int to) {
        return indices(random.ints(size, from, to).toArray());
    }

    public Indices indices(int... values) {
        Indices indices = backend.allocateIndices(values.length);
        backend.write(indices, values, values.length);
        return indices;
    }

    /** Document boundaries (B,T): a row of one document, then rows cut at random. */
    public Indices documents(AttentionShape shape) {
        int[] starts = new int[shape.tokens()];
        for (int row = 1; row < shape.rows(); row++) {
            int start = 0;
            for (int t = 0; t < shape.context(); t++) {
                start = random.nextInt(7) == 0 ? t : start;
                starts[row * shape.context() + t] = start;
            }
        }
        return indices(starts);
    }

    /** Cosines and sines (T,D) of some angles. */
    public Tensor rotations(AttentionShape shape) {
        int half = shape.headSize() / 2;
        float[] table = new float[shape.context() * shape.headSize()];
        for (int i = 0; i < shape.context() * half; i++) {
            double angle = random.nextDouble(6);
            table[i / half * shape.headSize() + i % half] = (float) StrictMath.cos(angle);
            table[i / half * shape.headSize() + half + i % half] = (float) StrictMath.sin(angle);
        }
        return tensor(table);
    }

    public float[] read(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        backend.read(tensor, values, values.length);
        return values;
    }
}
