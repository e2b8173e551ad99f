package org.alluvium.trainer.tornado;

import static org.alluvium.trainer.tornado.Region.at;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.OwnMemory;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.tornado.ProductCalls.Operand;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** Records operations as calls of kernels, which run when something is read. Tensors are F32. */
public final class TornadoBackend implements Backend {

    private final Device device;
    private final DeviceInfo.Type type;
    private final Library library;
    private final Recorder recorder;
    private final Scratch scratch;
    private final ProductCalls products;
    private final NormCalls norms;
    private final AttentionCalls attention;
    private final MuonCalls muon;

    /** On this device, which is closed with the backend. */
    public TornadoBackend(Device device) {
        this(device, device.description().map(DeviceInfo::type).orElse(DeviceInfo.Type.OTHER), Library.NONE);
    }

    /** With the kernels that are meant for devices of this type, and products by its maker's library as said. */
    public TornadoBackend(Device device, DeviceInfo.Type type, Library library) {
        this.device = device;
        this.type = type;
        this.library = library;
        recorder = new Recorder(device);
        scratch = new Scratch(recorder, type);
        products = new ProductCalls(recorder, scratch, type, library);
        norms = new NormCalls(recorder, scratch);
        attention = new AttentionCalls(recorder, scratch, type);
        muon = new MuonCalls(recorder, scratch, products);
    }

    @Override
    public BackendInfo info() {
        return device.description()
                .map(description -> new BackendInfo("tornado", library.words(description), description))
                .orElseGet(() -> new BackendInfo("tornado", device.name(), 1));
    }

    @Override
    public ElementType activations() {
        return ElementType.F32;
    }

    @Override
    public boolean stores(ElementType type) {
        return type == ElementType.F32;
    }

    @Override
    public Optional<DeviceMemory> deviceMemory() {
        return device.memory();
    }

    @Override
    public OwnMemory ownMemory(Workload work, int threads) {
        return new OwnMemory(0, Float.BYTES * scratch.elements(work));
    }

    @Override
    public void reserve(Workload work) {
        scratch.reserve(work);
    }

    @Override
    public void finish() {
        recorder.flush();
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.of(recorder.traffic());
    }

    @Override
    public Tensor allocate(long size, ElementType type) {
        if (!stores(type)) {
            throw new IllegalArgumentException("tensors of this backend are F32, not " + type);
        }
        return recorder.allocate(size);
    }

    @Override
    public Weight weight(Tensor master, int out, int in, boolean learns) {
        return new Matrix(Region.of(master), out, in);
    }

    @Override
    public void refresh(Weight weight) {
        // products read the master
    }

    @Override
    public Indices allocateIndices(int size) {
        return recorder.allocateNumbers(size);
    }

    @Override
    public void write(Tensor destination, float[] source, int count) {
        recorder.write(Region.of(destination), source, count);
    }

    @Override
    public void write(Indices destination, int[] source, int count) {
        recorder.write(Numbers.of(destination), source, count);
    }

    @Override
    public void read(Tensor source, float[] destination, int count) {
        recorder.read(Region.of(source), MemorySegment.ofArray(destination), count);
    }

    @Override
    public void read(Tensor source, MemorySegment destination) {
        recorder.read(Region.of(source), destination, Region.of(source).count());
    }

    @Override
    public void clear(Tensor tensor) {
        recorder.call(Kernel.FILL, Extent.of(Region.of(tensor).count()), new int[] {at(tensor)}, 0f);
    }

    @Override
    public void copy(Tensor destination, Tensor source, long size) {
        recorder.call(Kernel.COPY, Extent.of((int) size), new int[] {at(destination), at(source)});
    }

    @Override
    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        recorder.call(
                Kernel.EMBED, Extent.of(tokens * channels, channels), new int[] {at(output), at(table), Numbers.at(ids)
                });
    }

    @Override
    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        int[] grouped = RowsById.of(recorder.written(Numbers.of(ids), tokens));
        int[] arguments =
                Arrays.copyOf(new int[] {at(tableGradient), at(outputGradient), Numbers.at(ids)}, 3 + grouped.length);
        System.arraycopy(grouped, 0, arguments, 3, grouped.length);
        recorder.call(Kernel.EMBED_BACKWARD, new Extent(tokens * channels, channels, tokens), arguments);
    }

    @Override
    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        recorder.call(
                Kernel.RMS_NORM,
                Extent.of(tokens, channels),
                new int[] {at(buffers.input()), at(buffers.weight()), at(buffers.inverseRms()), at(output)},
                (float) epsilon);
    }

    @Override
    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        norms.backward(buffers, at(inputGradient), at(weightGradient), at(outputGradient), tokens, channels);
    }

    @Override
    public void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate) {
        products.product(
                at(output),
                new Extent(shape.rows() * shape.out(), shape.out(), shape.in()),
                Operand.rows(at(input), shape.in()),
                Operand.rows(Matrix.at(weight), shape.in()),
                accumulate);
    }

    @Override
    public void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape) {
        products.product(
                at(inputGradient),
                new Extent(shape.rows() * shape.in(), shape.in(), shape.out()),
                Operand.rows(at(outputGradient), shape.out()),
                Operand.columns(Matrix.at(weight), shape.in()),
                false);
    }

    @Override
    public void linearBackwardWeight(
            Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape, boolean accumulate) {
        products.product(
                at(weightGradient),
                new Extent(shape.out() * shape.in(), shape.in(), shape.rows()),
                Operand.columns(at(outputGradient), shape.out()),
                Operand.columns(at(input), shape.in()),
                accumulate);
    }

    @Override
    public void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon) {
        norms.headNorm(buffers, at(output), shape, epsilon);
    }

    @Override
    public void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape) {
        norms.headNormBackward(buffers, gradients, at(packedGradient), shape);
    }

    @Override
    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape) {
        rotate(packed, table, documentStart, shape, 1);
    }

    @Override
    public void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape) {
        rotate(packedGradient, table, documentStart, shape, -1);
    }

    private void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape, int sign) {
        recorder.call(
                Kernel.ROTATE,
                Extent.of(
                        shape.tokens() * (shape.heads() + shape.kvHeads()) * (shape.headSize() / 2), shape.headSize()),
                new int[] {
                    at(packed), at(table), Numbers.at(documentStart), shape.heads(), shape.kvHeads(), shape.context()
                },
                (float) sign);
    }

    @Override
    public void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        attention.forward(shape, at(output), at(logSumExp), at(packed), Numbers.at(documentStart));
    }

    @Override
    public void attentionOfLast(Tensor output, Tensor packed, AttentionShape shape) {
        int logSumExp = scratch.elements(Scratch.Use.LOG_OF_SUMS, shape.heads()).offset();
        int[] arguments = {at(output), at(packed), shape.heads(), shape.kvHeads(), logSumExp, shape.context()};
        recorder.call(Kernel.ATTENTION_OF_LAST, Extent.of(shape.heads(), shape.headSize()), arguments);
    }

    @Override
    public void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        attention.backward(
                shape,
                at(packedGradient),
                at(outputGradient),
                at(result.output()),
                at(result.logSumExp()),
                at(packed),
                Numbers.at(documentStart));
    }

    @Override
    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        recorder.call(Kernel.SWI_GLU, Extent.of(tokens * hidden, hidden), new int[] {at(output), at(gateUp)});
    }

    @Override
    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        int[] arguments = {at(gateUpGradient), at(outputGradient), at(gateUp)};
        recorder.call(Kernel.SWI_GLU_BACKWARD, Extent.of(tokens * hidden, hidden), arguments);
    }

    @Override
    public void reluSquared(Tensor output, Tensor input, long size) {
        recorder.call(Kernel.RELU_SQUARED, Extent.of((int) size), new int[] {at(output), at(input)});
    }

    @Override
    public void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size) {
        int[] arguments = {at(inputGradient), at(outputGradient), at(input)};
        recorder.call(Kernel.RELU_SQUARED_BACKWARD, Extent.of((int) size), arguments);
    }

    @Override
    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary) {
        int[] arguments = {at(losses), at(logits), Numbers.at(targets)};
        Kernel kernel = type == DeviceInfo.Type.GPU ? Kernel.CROSS_ENTROPY_GROUPED : Kernel.CROSS_ENTROPY;
        recorder.call(kernel, Extent.of(rows, vocabulary), arguments, (float) terms.softCap());
    }

    @Override
    public void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary) {
        boolean grouped = type == DeviceInfo.Type.GPU;
        recorder.call(
                grouped ? Kernel.CROSS_ENTROPY_GRADIENT_GROUPED : Kernel.CROSS_ENTROPY_GRADIENT,
                Extent.of(rows, vocabulary),
                new int[] {
                    at(buffers.losses()), at(buffers.logits()), Numbers.at(buffers.targets()), at(buffers.gradient())
                },
                (float) terms.softCap(),
                (float) terms.zWeight(),
                scale);
    }

    @Override
    public void squaredNorm(Tensor result, Tensor tensor) {
        scratch.squaredNorm(at(result), Region.of(tensor));
    }

    @Override
    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        recorder.call(
                Kernel.ADAM_W,
                Extent.of(Region.of(moments.first()).count()),
                new int[] {
                    at(weights),
                    at(gradients),
                    at(moments.first()),
                    at(moments.second()),
                    at(squaredNorm),
                    coefficients.cautious() ? 1 : 0
                },
                (float) coefficients.maxNorm(),
                (float) coefficients.beta1(),
                (float) (1 - coefficients.beta1()),
                (float) coefficients.beta2(),
                (float) (1 - coefficients.beta2()),
                (float) coefficients.epsilon(),
                (float) coefficients.keep(),
                (float) coefficients.rate(),
                (float) coefficients.rootScale());
    }

    @Override
    public void muon(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients) {
        for (MuonMatrix matrix : matrices) {
            muon.update(matrix, at(squaredNorm), coefficients);
        }
    }

    @Override
    public void average(Tensor average, Tensor weights, double share) {
        recorder.call(
                Kernel.AVERAGE, Extent.of(Region.of(average).count()), new int[] {at(average), at(weights)}, (float)
                        share);
    }

    @Override
    public double measurePeakFlops() {
        LinearShape shape = new LinearShape(Scratch.PEAK_SIDE, Scratch.PEAK_SIDE, Scratch.PEAK_SIDE);
        int size = Scratch.PEAK_SIDE * Scratch.PEAK_SIDE;
        Region all = scratch.elements(Scratch.Use.PEAK, 3L * size);
        Weight weight = weight(all.slice(0, size), Scratch.PEAK_SIDE, Scratch.PEAK_SIDE, false);
        double best = 0;
        for (int attempt = 0; attempt < 3; attempt++) {
            long before = System.nanoTime();
            linear(all.slice(size, size), all.slice(2L * size, size), weight, shape, false);
            recorder.flush();
            best = Math.max(best, shape.flops() / ((System.nanoTime() - before) * 1e-9));
        }
        return best;
    }

    @Override
    public void close() {
        recorder.close();
    }
}
