package org.alluvium.bench.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.bench.tokenizer.NativeProgram.Cost;
import org.alluvium.cli.Main;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.reference.NativeEncoder;

/**
 * Training beside {@code spm_train}: both are given the same text and the same flags, {@code spm_train} as they are written and
 * {@code alluvium tokenizer train} by {@code --from-spec}, since a model says what flags it was trained with. Each is a program of its
 * own, timed from its start to its end; ours has two threads. Before times are printed, the pieces are compared: for BPE, word
 * and char they must be the same, with types and scores and in their order. Then come the bytes per token of what neither was
 * trained on, every 20th hundred of lines, encoded by SentencePiece with both models.
 *
 * <p>Run it with {@code bench/run.sh tokenizer.TrainComparison FOLDER TEXT... FLAG...}, flags as {@code --model_type=bpe
 * --vocab_size=32000}. A result of {@code spm_train} that the folder has, of the same text and flags, is not made again.
 */
public final class TrainComparison {

    private static final String PROGRAM = "spm_train";

    private final Path folder;
    private final HeldOut text;
    private final List<String> flags;

    private TrainComparison(Path folder, HeldOut text, List<String> flags) {
        this.folder = folder;
        this.text = text;
        this.flags = flags;
    }

    /** Runs one comparison; ends with 1 where pieces differ that should not. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<Path> texts = Arrays.stream(arguments)
                .skip(1)
                .filter(argument -> !argument.startsWith("--"))
                .map(Path::of)
                .toList();
        List<String> flags = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toList();
        System.exit(new TrainComparison(folder, HeldOut.split(texts, folder), flags).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Cost theirs = trainTheirs();
        Cost ours = trainOurs();
        SentencePieceModel expected = parse("theirs");
        SentencePieceModel found = parse("ours");
        System.out.printf(
                "%s, %d pieces, %.1f MB: %s%n",
                expected.trainer().modelType(),
                expected.pieces().size(),
                text.trainingBytes() / 1e6,
                String.join(" ", flags));
        boolean same = comparePieces(expected, found);
        double theirBytes = bytesPerToken("theirs");
        double ourBytes = bytesPerToken("ours");
        System.out.printf(
                "  %.1f MB held out: ours %.4f bytes per token, %s %.4f (%+.2f %%)%n",
                text.heldOutBytes() / 1e6, ourBytes, PROGRAM, theirBytes, 100 * (ourBytes / theirBytes - 1));
        System.out.printf(
                "  ours %.1f s, %.1f CPU-seconds; %s %.1f s, %.1f CPU-seconds; ours is %.1f times as fast, by CPU %.1f times%n",
                ours.wallSeconds(),
                ours.cpuSeconds(),
                PROGRAM,
                theirs.wallSeconds(),
                theirs.cpuSeconds(),
                theirs.wallSeconds() / ours.wallSeconds(),
                theirs.cpuSeconds() / ours.cpuSeconds());
        return same || expected.trainer().modelType() == ModelType.UNIGRAM;
    }

    private Cost trainTheirs() throws IOException, InterruptedException {
        Path cost = folder.resolve("theirs.cost");
        String of = String.join(" ", flags) + " " + text.trainingDigest();
        if (Files.exists(cost) && Files.readAllLines(cost).getFirst().equals(of)) {
            String[] seconds = Files.readAllLines(cost).get(1).split(" ", 2);
            return new Cost(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
        }
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--input=" + text.training(),
                "--model_prefix=" + folder.resolve("theirs"),
                "--num_threads=2",
                "--minloglevel=1"));
        command.addAll(flags);
        Cost taken = NativeProgram.run(command, Optional.empty(), folder.resolve("theirs.log"));
        Files.write(cost, List.of(of, taken.cpuSeconds() + " " + taken.wallSeconds()));
        return taken;
    }

    private Cost trainOurs() throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "tokenizer",
                        "train",
                        "--from-spec=" + folder.resolve("theirs.model"),
                        "--threads=2",
                        "--output=" + folder.resolve("ours"),
                        text.training().toString())
                .toList();
        return NativeProgram.run(command, Optional.empty(), folder.resolve("ours.log"));
    }

    private SentencePieceModel parse(String name) throws IOException {
        return SentencePieceModel.parse(Files.readAllBytes(folder.resolve(name + ".model")), name);
    }

    private static boolean comparePieces(SentencePieceModel expected, SentencePieceModel found) {
        List<Piece> theirs = expected.pieces();
        List<Piece> ours = found.pieces();
        if (theirs.equals(ours)) {
            System.out.println("  all pieces are the same, in their order, with their scores and types");
            return true;
        }
        int first = 0;
        while (first < Math.min(theirs.size(), ours.size()) && theirs.get(first).equals(ours.get(first))) {
            first++;
        }
        long shared = theirs.stream()
                .map(Piece::text)
                .filter(ours.stream().map(Piece::text).collect(Collectors.toSet())::contains)
                .count();
        System.out.printf(
                "  pieces differ from id %d on: ours %s, %s %s; %d of %d and %d are in both%n",
                first,
                first < ours.size() ? ours.get(first) : "none",
                PROGRAM,
                first < theirs.size() ? theirs.get(first) : "none",
                shared,
                ours.size(),
                theirs.size());
        return false;
    }

    private double bytesPerToken(String name) throws IOException {
        long bytes = 0;
        long tokens = 0;
        try (Encoder encoder = NativeEncoder.open(Vocabulary.load(folder.resolve(name + ".model")))) {
            for (String line : Files.readAllLines(text.heldOut())) {
                bytes += line.getBytes(StandardCharsets.UTF_8).length;
                tokens += encoder.encode(line).length;
            }
        }
        return (double) bytes / tokens;
    }
}
