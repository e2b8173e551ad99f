package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.alluvium.tokenizer.verify.Comparison;
import org.alluvium.tokenizer.verify.Comparison.Figures;
import org.alluvium.tokenizer.verify.Difference;
import org.alluvium.tokenizer.verify.FuzzTexts;
import org.alluvium.tokenizer.verify.TextUnit;
import org.alluvium.tokenizer.verify.WorstCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares our encoder with SentencePiece's own, text by text, until they differ. */
@Command(
        name = "verify",
        description = {
            "Encode texts with our encoder and with SentencePiece's own library, and compare the ids.",
            "At the first difference the text is shrunk to what still differs and printed; the exit code is then 1."
        },
        footer = {
            "  ./alluvium tokenizer verify --model my.model --as documents,paragraphs,lines texts/*.txt",
            "  ./alluvium tokenizer verify --model my.model --fuzz 1000000 --seed 7",
            "  ./alluvium tokenizer verify --model my.model --worst"
        })
final class TokenizerVerifyCommand implements Callable<Integer> {

    private static final int FUZZ_REPORT = 100_000;
    private static final int WORST_LENGTH = 10_000_000;
    private static final int DOUBLINGS = 3;
    private static final int ROUNDS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Spec
    private CommandSpec spec;

    @Mixin
    private VocabularyOption vocabularyOption;

    @Option(
            names = "--as",
            split = ",",
            paramLabel = "UNIT",
            defaultValue = "documents",
            description =
                    "What one text is: 'documents' what lies between empty lines, 'paragraphs' a line of the file, 'lines'"
                            + " 60 characters of one, or several of these in turn (default: ${DEFAULT-VALUE}).")
    private List<String> units;

    @Option(names = "--fuzz", paramLabel = "N", defaultValue = "0", description = "Compare N made-up texts, too.")
    private long fuzz;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Which texts those are (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--worst",
            description =
                    "Encode texts of up to 10 million characters that make bad encoders slow, and show that the time"
                            + " doubles with the length.")
    private boolean worst;

    @Option(
            names = "--worst-compared",
            paramLabel = "N",
            defaultValue = "1250000",
            description = "Compare those of up to N characters; the library takes 250 bytes of memory for each"
                    + " (default: ${DEFAULT-VALUE}).")
    private int worstCompared;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Text files, in UTF-8.")
    private List<Path> files = List.of();

    private PrintWriter out;
    private Optional<Difference> found = Optional.empty();

    @Override
    public Integer call() {
        if (files.isEmpty() && fuzz == 0 && !worst) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to compare: name files, or use --fuzz or --worst");
        }
        out = spec.commandLine().getOut();
        List<TextUnit> asked = units.stream().map(this::unit).toList();
        Vocabulary vocabulary = vocabularyOption.load();
        try (Encoder tested = PieceEncoder.of(vocabulary);
                NativeEncoder reference = NativeEncoder.open(vocabulary)) {
            Comparison comparison = new Comparison(tested, reference::encodeWhole);
            for (Path file : files) {
                asked.forEach(unit -> compareFile(comparison, file, unit));
            }
            compareFuzz(comparison, vocabulary);
            if (worst && found.isEmpty()) {
                compareWorst(comparison, tested);
            }
            report("altogether", comparison.figures());
            found.ifPresent(difference -> print(comparison, difference));
        }
        out.flush();
        return found.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private TextUnit unit(String name) {
        for (TextUnit unit : TextUnit.values()) {
            if (unit.name().equalsIgnoreCase(name)) {
                return unit;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--as " + name + " is unknown: documents, paragraphs and lines are not");
    }

    private void compareFile(Comparison comparison, Path file, TextUnit unit) {
        if (found.isEmpty()) {
            Figures before = comparison.figures();
            unit.read(file, text -> compared(comparison, text));
            report(
                    unit.name().toLowerCase(Locale.ROOT) + " of " + file,
                    comparison.figures().minus(before));
        }
    }

    private void compareFuzz(Comparison comparison, Vocabulary vocabulary) {
        FuzzTexts texts = new FuzzTexts(seed, pieces(vocabulary));
        Figures before = comparison.figures();
        for (long i = 0; i < fuzz && found.isEmpty(); i++) {
            if (compared(comparison, texts.text(i)) && ((i + 1) % FUZZ_REPORT == 0 || i + 1 == fuzz)) {
                report("made up with seed " + seed, comparison.figures().minus(before));
            }
        }
    }

    private static List<String> pieces(Vocabulary vocabulary) {
        List<String> pieces = new ArrayList<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            Piece piece = vocabulary.piece(id);
            pieces.add(piece.text());
        }
        return pieces;
    }

    /** Whether to go on. */
    private boolean compared(Comparison comparison, String text) {
        found = comparison.compare(text);
        return found.isEmpty();
    }

    private void compareWorst(Comparison comparison, Encoder tested) {
        Table table = new Table("text", "characters", "tokens", "CPU seconds", "of half of it", "ids");
        for (WorstCase worstCase : WorstCase.values()) {
            double before = 0;
            for (int halvings = DOUBLINGS; halvings >= 0; halvings--) {
                String text = worstCase.text(WORST_LENGTH >> halvings);
                Timed timed = least(tested, text);
                int[] ids = timed.ids();
                double seconds = timed.nanos() / 1e9;
                boolean compare = text.length() <= worstCompared + 1 && found.isEmpty();
                table.add(
                        worstCase.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Units.count(text.length()),
                        Units.count(ids.length),
                        String.format(Locale.ROOT, "%.3f", seconds),
                        before == 0 ? "" : String.format(Locale.ROOT, "%.2f", seconds / before),
                        compare ? (compared(comparison, text) ? "the same" : "differ") : "not compared");
                before = seconds;
            }
        }
        table.print(out);
        out.flush();
    }

    /** A text's ids, and the CPU time of the thread: neither other programs, nor the collector, nor the first compiling are in it. */
    private static Timed least(Encoder tested, String text) {
        long least = Long.MAX_VALUE;
        int[] ids = {};
        for (int round = 0; round < ROUNDS; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            ids = tested.encode(text);
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - begin);
        }
        return new Timed(ids, least);
    }

    @SuppressWarnings("ArrayRecordComponent") // it is read, never compared
    private record Timed(int[] ids, long nanos) {}

    private void report(String what, Figures figures) {
        out.printf(
                Locale.ROOT,
                "%s: %s texts, %.1f MB, %s tokens; %.1f MB/s, SentencePiece %.1f MB/s%s%n",
                what,
                Units.count(figures.texts()),
                figures.bytes() / 1e6,
                Units.count(figures.tokens()),
                figures.testedMegabytesPerSecond(),
                figures.referenceMegabytesPerSecond(),
                figures.refused() == 0 ? "" : "; SentencePiece refuses " + Units.count(figures.refused()));
        out.flush();
    }

    private void print(Comparison comparison, Difference difference) {
        Difference least = comparison.shrink(difference);
        out.printf("%nThe ids differ %s.%n", difference.summary());
        out.printf("Shrunk to %s,%nwhich differs %s.%n", Difference.literal(least.text()), least.summary());
    }
}
