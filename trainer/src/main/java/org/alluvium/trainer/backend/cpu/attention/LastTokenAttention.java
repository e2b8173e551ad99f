package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/**
 * Attention of the newest token to all tokens before it and itself, a tile for each head. There is one query, so this reads
 * each key and each value once and multiplies no matrices.
 */
public final class LastTokenAttention {

    private final WorkTeam team;
    private final Arena arena;
    private final MemorySegment[] scores; // (T) for each worker

    /** Scratch memory comes from the arena. */
    public LastTokenAttention(WorkTeam team, Arena arena, int threads) {
        this.team = team;
        this.arena = arena;
        scores = new MemorySegment[threads];
    }

    public void run(Tensor output, Tensor packed, AttentionShape shape) {
        reserve(shape);
        Elements into = Elements.of(output);
        Elements rows = Elements.of(packed);
        team.run(shape.heads(), (head, worker) -> {
            float sum = softmax(scores[worker], rows, shape, head);
            mix(into, scores[worker], rows, shape, head, 1 / sum);
        });
    }

    /** What each thread takes. */
    public static long scratchBytes(AttentionShape shape) {
        return (long) shape.context() * Float.BYTES;
    }

    /** Takes scratch memory for this shape, if it is not there. */
    public void reserve(AttentionShape shape) {
        for (int worker = 0; worker < scores.length; worker++) {
            if (scores[worker] == null || scores[worker].byteSize() < scratchBytes(shape)) {
                scores[worker] = CpuTensor.allocate(arena, shape.context()).segment();
            }
        }
    }

    /** Fills the exponentials of the scores, the largest being 1, and returns their sum. */
    private static float softmax(MemorySegment scores, Elements rows, AttentionShape shape, int head) {
        int context = shape.context();
        long query = (long) (context - 1) * shape.packedWidth() + (long) head * shape.headSize();
        float scale = (float) (1 / Math.sqrt(shape.headSize()));
        float largest = Float.NEGATIVE_INFINITY;
        for (int s = 0; s < context; s++) {
            long key = (long) s * shape.packedWidth() + shape.keyOffset(head / shape.group());
            float score = scale * dot(rows, query, key, shape.headSize());
            Scalars.set(scores, s, score);
            largest = Math.max(largest, score);
        }
        FloatVector sum = Lanes.zero();
        for (int s = 0; s < context; s += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.first(context - s);
            FloatVector weight = Lanes.exp(Lanes.load(scores, s, mask).sub(largest));
            Lanes.store(weight, scores, s, mask);
            sum = sum.add(weight, mask);
        }
        return Lanes.sum(sum.add(0f));
    }

    private static float dot(Elements rows, long left, long right, int size) {
        FloatVector sum = Lanes.zero();
        for (int d = 0; d < size; d += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.first(size - d);
            sum = rows.load(left + d, mask).fma(rows.load(right + d, mask), sum);
        }
        return Lanes.sum(sum.add(0f));
    }

    /** {@code output head = scale * sum of values, each by its weight}. */
    private static void mix(
            Elements output, MemorySegment weights, Elements rows, AttentionShape shape, int head, float scale) {
        long first = shape.valueOffset(head / shape.group());
        for (int d = 0; d < shape.headSize(); d += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.first(shape.headSize() - d);
            FloatVector sum = Lanes.zero();
            for (int s = 0; s < shape.context(); s++) {
                FloatVector value = rows.load((long) s * shape.packedWidth() + first + d, mask);
                sum = value.fma(Lanes.broadcast(Scalars.get(weights, s)), sum);
            }
            output.store(sum.mul(scale), (long) head * shape.headSize() + d, mask);
        }
    }
}
