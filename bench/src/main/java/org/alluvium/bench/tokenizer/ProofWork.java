package org.alluvium.bench.tokenizer;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.alluvium.bench.tokenizer.ProofCell.Kind;
import org.alluvium.bench.tokenizer.ProofCell.Outcome;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.engine.Session;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.alluvium.tokenizer.verify.Comparison;
import org.alluvium.tokenizer.verify.Comparison.Figures;
import org.alluvium.tokenizer.verify.Difference;
import org.alluvium.tokenizer.verify.FuzzBytes;
import org.alluvium.tokenizer.verify.FuzzTexts;
import org.alluvium.tokenizer.verify.TextUnit;

/** Does the cells of one model. What differs is shrunk and printed, and kept in a file. Not thread-safe. */
final class ProofWork implements AutoCloseable {

    static final String PROGRAM = "spm_encode";

    private final Path model;
    private final List<Path> texts;
    private final Path folder;
    private final int every;
    private final long seed;
    private final Vocabulary vocabulary;
    private final PieceEncoder tested;
    private final NativeEncoder reference;

    /**
     * @param folder that differences are kept in
     * @param every of how many texts of a file one is taken
     */
    ProofWork(Path model, List<Path> texts, Path folder, int every, long seed) {
        this.model = model;
        this.texts = texts;
        this.folder = folder;
        this.every = every;
        this.seed = seed;
        this.vocabulary = Vocabulary.load(model);
        this.tested = PieceEncoder.of(vocabulary);
        this.reference = NativeEncoder.open(vocabulary);
    }

    /** Whether our encoder alone gives the fingerprint of an earlier outcome; false where that has none. */
    boolean hasFingerprint(ProofCell cell, Outcome expected) throws IOException {
        if (expected.fingerprint().isEmpty() || expected.differ() > 0) {
            return false;
        }
        Fingerprint ours = new Fingerprint();
        if (cell.kind() == Kind.NOT_UTF8) {
            Session session = tested.session();
            Block.of(cell.source())
                    .numbers()
                    .mapToObj(bytes()::bytes)
                    .forEach(text -> ours.add(text, ids(session, text)));
        } else {
            Encoder encoder = encoder(cell);
            forEachText(cell, text -> ours.add(text.getBytes(StandardCharsets.UTF_8), encoder.encode(text)));
        }
        return ours.toString().equals(expected.fingerprint());
    }

    /** Compares the texts of a cell one by one. */
    Outcome compare(ProofCell cell) throws IOException, InterruptedException {
        if (cell.kind() == Kind.NOT_UTF8) {
            return compareWithProgram(cell);
        }
        Comparisons comparisons = new Comparisons(cell, encoder(cell));
        forEachText(cell, comparisons::compare);
        return comparisons.outcome();
    }

    /** Every other block of made-up texts asks for spans as well, which goes another way through the encoder. */
    private Encoder encoder(ProofCell cell) {
        boolean spans = cell.kind() == Kind.MADE_UP && Block.of(cell.source()).from() / EncodeProof.BLOCK % 2 == 1;
        return spans ? new WithSpans(tested.session()) : tested;
    }

    private void forEachText(ProofCell cell, Consumer<String> taker) {
        if (cell.kind() == Kind.MADE_UP) {
            FuzzTexts made = new FuzzTexts(seed, pieces(List.of(PieceType.values())));
            Block.of(cell.source()).numbers().mapToObj(made::text).forEach(taker);
            return;
        }
        Path file = texts.stream()
                .filter(each -> each.getFileName().toString().equals(cell.source()))
                .findFirst()
                .orElseThrow();
        int[] number = {0};
        TextUnit.valueOf(cell.kind().name()).read(file, text -> {
            if (number[0]++ % every == 0) {
                taker.accept(text);
            }
            return true;
        });
    }

    /** Marks are left out: the program ends at a text that it refuses. */
    private FuzzBytes bytes() {
        return new FuzzBytes(seed, new FuzzTexts(seed, pieces(List.of(PieceType.NORMAL, PieceType.USER_DEFINED))));
    }

    private Outcome compareWithProgram(ProofCell cell) throws IOException, InterruptedException {
        List<byte[]> lines =
                Block.of(cell.source()).numbers().mapToObj(bytes()::bytes).toList();
        Path in = Files.createTempFile("proof", ".txt");
        Path printed = Files.createTempFile("proof", ".ids");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(in))) {
                for (byte[] line : lines) {
                    out.write(line);
                    out.write('\n');
                }
            }
            NativeProgram.run(List.of(PROGRAM, "--model=" + model, "--output_format=id"), Optional.of(in), printed);
            return compare(cell, lines, Files.readAllLines(printed));
        } finally {
            Files.delete(in);
            Files.delete(printed);
        }
    }

    private Outcome compare(ProofCell cell, List<byte[]> lines, List<String> printed) {
        if (lines.size() != printed.size()) {
            throw new IllegalStateException(PROGRAM + " printed " + printed.size() + " lines for " + lines.size());
        }
        Session session = tested.session();
        Fingerprint fingerprint = new Fingerprint();
        long bytes = 0;
        long tokens = 0;
        long differ = 0;
        for (int i = 0; i < lines.size(); i++) {
            int[] ids = ids(session, lines.get(i));
            int[] expected = Arrays.stream(printed.get(i).split(" ", -1))
                    .filter(id -> !id.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            fingerprint.add(lines.get(i), expected);
            bytes += lines.get(i).length;
            tokens += expected.length;
            if (!Arrays.equals(ids, expected)) {
                differ++;
                String hex = HexFormat.of().formatHex(lines.get(i));
                keep(cell, "bytes " + hex + ": " + new Difference("", ids, expected).summary());
            }
        }
        return new Outcome(lines.size(), 0, bytes, tokens, differ, fingerprint.toString());
    }

    private static int[] ids(Session session, byte[] text) {
        Ids ids = new Ids();
        session.encode(text, 0, text.length, ids);
        return ids.toArray();
    }

    private List<String> pieces(List<PieceType> types) {
        return IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::piece)
                .filter(piece -> types.contains(piece.type()))
                .map(Piece::text)
                .toList();
    }

    private void keep(ProofCell cell, String difference) {
        String line = cell + ": " + difference + "\n";
        System.out.print(line);
        try {
            Files.writeString(folder.resolve("differences.txt"), line, StandardCharsets.UTF_8, CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tested.close();
        reference.close();
    }

    /** SHA-256 over texts and ids. */
    private static final class Fingerprint {

        private final MessageDigest digest;

        Fingerprint() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        void add(byte[] text, int[] ids) {
            ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * (ids.length + 2));
            numbers.putInt(text.length).putInt(ids.length).asIntBuffer().put(ids);
            digest.update(numbers.array());
            digest.update(text);
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Some of the made-up texts, by their numbers. */
    private record Block(long from, long count) {

        static Block of(String source) {
            String[] numbers = source.split("[+ ]", 3);
            return new Block(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }

        LongStream numbers() {
            return LongStream.range(from, from + count);
        }
    }

    /** The ids that come with spans. */
    private record WithSpans(Session session) implements Encoder {

        @Override
        public int[] encode(String text) {
            int[] points = text.codePoints()
                    .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
                    .toArray();
            byte[] utf8 = new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8);
            Ids ids = new Ids();
            session.encodeWithSpans(utf8, 0, utf8.length, ids, new Ids());
            return ids.toArray();
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }

    /** Comparisons of one cell with the library. */
    private final class Comparisons {

        private final ProofCell cell;
        private final Comparison comparison;
        private final Fingerprint fingerprint = new Fingerprint();
        private long differ;
        private int[] last = {};

        Comparisons(ProofCell cell, Encoder encoder) {
            this.cell = cell;
            this.comparison = new Comparison(encoder, text -> {
                last = reference.encodeWhole(text);
                return last;
            });
        }

        void compare(String text) {
            Optional<Difference> difference = comparison.compare(text);
            fingerprint.add(text.getBytes(StandardCharsets.UTF_8), last);
            if (difference.isPresent()) {
                differ++;
                Difference least = comparison.shrink(difference.get());
                keep(cell, Difference.literal(least.text()) + ": " + least.summary());
            }
        }

        Outcome outcome() {
            Figures figures = comparison.figures();
            return new Outcome(
                    figures.texts(),
                    figures.refused(),
                    figures.bytes(),
                    figures.tokens(),
                    differ,
                    figures.refused() == 0 ? fingerprint.toString() : "");
        }
    }
}
