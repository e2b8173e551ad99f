package org.alluvium.trainer.backend;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A backend with seeded operands, so that the same scenario runs on two backends. */
public final class Bench {

    private static final int ROOM = 13; // elements

    private final Backend backend;
    private final ElementType activations;
    private final int room;
    private final SplittableRandom random;

    public Bench(Backend backend) {
        this(backend, ElementType.F32, 0, new SplittableRandom(42));
    }

    private Bench(Backend backend, ElementType activations, int room, SplittableRandom random) {
        this.backend = backend;
        this.activations = activations;
        this.room = room;
        this.random = random;
    }

    /** The same with other activations. */
    Bench with(ElementType type) {
        return new Bench(backend, type, room, random);
    }

    /** The same with tensors that have elements behind those that were asked for. */
    Bench roomy() {
        return new Bench(backend, activations, ROOM, random);
    }

    /** What element-wise operations may read and write in either type; uniform in (-1, 1). */
    Tensor activation(int size) {
        return activation(Arrays.copyOf(read(random(size)), size));
    }

    Tensor activation(float... values) {
        return written(values, activations);
    }

    private Tensor written(float[] values, ElementType type) {
        float[] all = Arrays.copyOf(values, values.length + room);
        Arrays.fill(all, values.length, all.length, 0.5f);
        Tensor tensor = backend.allocate(all.length, type);
        backend.write(tensor, all, all.length);
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
        Tensor exact = random(size);
        Tensor rounded = backend.allocate(exact.size(), type);
        backend.copy(rounded, exact, exact.size());
        return rounded;
    }

    public Tensor tensor(float... values) {
        return written(values, ElementType.F32);
    }

    public Indices randomIndices(int size, int from, int to) {
        return indices(random.ints(size, from, to).toArray());
    }

    public Indices indices(int... values) {
        Indices indices = backend.allocateIndices(values.length);
        backend.write(indices, values, values.length);
        return indices;
    }

    /** Document boundaries (B,T): a row of one document, a row cut at random, and rows of documents of one token. */
    public Indices documents(AttentionShape shape) {
        int[] starts = new int[shape.tokens()];
        for (int row = 1; row < shape.rows(); row++) {
            int start = 0;
            for (int t = 0; t < shape.context(); t++) {
                start = row > 1 || random.nextInt(7) == 0 ? t : start;
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
