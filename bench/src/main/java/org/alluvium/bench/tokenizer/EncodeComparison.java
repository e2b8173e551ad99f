package org.alluvium.bench.tokenizer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.engine.Session;
import org.alluvium.tokenizer.reference.NativeEncoder;

/**
 * Encoding on one thread: ours, SentencePiece through JNI and its program {@code spm_encode}, in turn, each given the same
 * documents. Before anything is timed, all three must give the same ids. Prints megabytes of UTF-8 per CPU-second of each round
 * and the ratios of the rounds' medians; the program's own start, which reads the model, is measured and taken off.
 *
 * <p>Run it with {@code bench/run.sh tokenizer.EncodeComparison ROUNDS MODEL TEXT [MODEL TEXT]...}.
 */
public final class EncodeComparison {

    private static final String PROGRAM = "spm_encode";

    private final Path model;
    private final Sample sample;
    private final Path work;
    private final boolean withProgram;

    private EncodeComparison(Path model, Path text, Path work) throws IOException, InterruptedException {
        this.model = model;
        this.sample = Sample.load(text);
        this.work = work;
        this.withProgram = NativeProgram.isInstalled(PROGRAM);
    }

    /** Runs the comparison for pairs of models and texts. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        Path work = Files.createTempDirectory("encode-comparison");
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            new EncodeComparison(Path.of(arguments[i]), Path.of(arguments[i + 1]), work).run(rounds);
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        System.out.printf(
                "%s, %d documents, %.1f MB%n",
                model.getFileName(), sample.texts().size(), sample.bytes() / 1e6);
        Path lines = sample.writeLines(work.resolve("documents.txt"));
        Path nothing = Files.writeString(work.resolve("nothing.txt"), "");
        Vocabulary vocabulary = Vocabulary.load(model);
        PieceEncoder ours = PieceEncoder.of(vocabulary);
        List<double[]> rates = new ArrayList<>();
        try (Encoder reference = NativeEncoder.open(vocabulary)) {
            check(ours, reference, lines);
            for (int round = 1; round <= rounds; round++) {
                // Nothing remembers a text of an earlier round.
                PieceEncoder fresh = PieceEncoder.of(vocabulary);
                double[] rate = {
                    rate(() -> encodeBytes(ours)),
                    rate(() -> encodeStrings(fresh)),
                    rate(() -> encodeStrings(reference)),
                    withProgram ? programRate(lines, nothing) : Double.NaN
                };
                rates.add(rate);
                System.out.printf(
                        "round %d: ours %.1f, ours from strings %.1f, JNI %.1f, %s %.1f MB per CPU-second%n",
                        round, rate[0], rate[1], rate[2], PROGRAM, rate[3]);
            }
        }
        double[] median = new double[4];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            double[] sorted =
                    rates.stream().mapToDouble(rate -> rate[column]).sorted().toArray();
            median[i] = sorted[sorted.length / 2];
        }
        System.out.printf(
                "medians: ours %.1f; JNI %.1f, ours is %.1f times as fast; %s %.1f, ours is %.1f times as fast%n%n",
                median[0], median[2], median[0] / median[2], PROGRAM, median[3], median[0] / median[3]);
    }

    private void check(PieceEncoder ours, Encoder reference, Path lines) throws IOException, InterruptedException {
        List<String> printed = List.of();
        if (withProgram) {
            Path out = work.resolve("ids.txt");
            NativeProgram.run(program(), Optional.of(lines), out);
            printed = Files.readAllLines(out);
        }
        Ids ids = new Ids();
        Session session = ours.session();
        for (int i = 0; i < sample.texts().size(); i++) {
            int[] expected = reference.encode(sample.texts().get(i));
            byte[] utf8 = sample.utf8().get(i);
            ids.clear();
            session.encode(utf8, 0, utf8.length, ids);
            require(Arrays.equals(ids.toArray(), expected), i, "JNI");
            require(Arrays.equals(ours.encode(sample.texts().get(i)), expected), i, "JNI");
            if (withProgram) {
                int[] program = Arrays.stream(printed.get(i).split(" ", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                require(Arrays.equals(program, expected), i, PROGRAM);
            }
        }
        System.out.println("the ids of all are the same" + (withProgram ? "" : "; there is no " + PROGRAM));
    }

    private void require(boolean same, int document, String other) {
        if (!same) {
            throw new IllegalStateException("document " + document + " has other ids by " + other + ", with " + model);
        }
    }

    private void encodeBytes(PieceEncoder encoder) {
        Session session = encoder.session();
        Ids ids = new Ids();
        for (byte[] text : sample.utf8()) {
            ids.clear();
            session.encode(text, 0, text.length, ids);
        }
    }

    private void encodeStrings(Encoder encoder) {
        for (String text : sample.texts()) {
            encoder.encode(text);
        }
    }

    private double rate(Runnable encode) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        encode.run();
        return sample.bytes() * 1e3 / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
    }

    private double programRate(Path lines, Path nothing) throws IOException, InterruptedException {
        Path out = work.resolve("ids.txt");
        double start = NativeProgram.run(program(), Optional.of(nothing), out).cpuSeconds();
        double all = NativeProgram.run(program(), Optional.of(lines), out).cpuSeconds();
        return sample.bytes() / 1e6 / (all - start);
    }

    private List<String> program() {
        return List.of(PROGRAM, "--model=" + model, "--output_format=id");
    }
}
