package org.alluvium.bench.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.alluvium.bench.tokenizer.ProofCell.Kind;
import org.alluvium.bench.tokenizer.ProofCell.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares the ids of our encoder with SentencePiece's, for models and texts: every file as documents, paragraphs and lines,
 * and made-up texts, with the library; made-up bytes that are not UTF-8 with {@code spm_encode}, where it is installed. The work
 * is cut into cells that are taken in a random order, so that what is done says how long the rest takes. A cell's result is
 * kept at once, with a fingerprint of the texts and SentencePiece's ids, so that a changed encoder is proven in a tenth of the time: a run that was stopped is started again and goes on, and {@code --part 1/2} and {@code --part 2/2} are two halves
 * for two processes with the same folder.
 *
 * <pre>
 *   bench/run.sh tokenizer.EncodeProof --results FOLDER --models models/*.model --texts texts/*.txt
 * </pre>
 */
@Command(name = "EncodeProof", mixinStandardHelpOptions = true)
public final class EncodeProof implements Callable<Integer> {

    /** Made-up texts in a cell. */
    static final int BLOCK = 5_000;

    private static final Duration SAY_EVERY = Duration.ofSeconds(20);

    @Option(
            names = "--results",
            required = true,
            description = "Folder that results are kept in; differences are in it, too.")
    private Path results;

    @Option(names = "--models", arity = "1..*", required = true)
    private List<Path> models;

    @Option(names = "--texts", arity = "1..*")
    private List<Path> texts = List.of();

    @Option(
            names = "--known",
            description =
                    "Results of an earlier run: where our encoder gives the texts the ids that SentencePiece gave then,"
                            + " SentencePiece isn't asked again. Only our encoder may have changed.")
    private Path known;

    @Option(names = "--every", defaultValue = "1", description = "Take every N-th text only.")
    private int every;

    @Option(names = "--fuzz", defaultValue = "1000000", description = "Made-up texts, by all models together.")
    private long fuzz;

    @Option(names = "--bytes", defaultValue = "200000", description = "Made-up bytes, by all models together.")
    private long bytes;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(names = "--part", defaultValue = "1/1", description = "Which part of how many, as in 1/2.")
    private String part;

    /** Runs the proof; the exit status is 1 if any ids differ. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EncodeProof()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(results);
        Map<ProofCell, Outcome> before = ProofResults.read(results);
        List<ProofCell> mine = cells();
        mine.removeAll(before.keySet());
        run(mine, known == null ? Map.of() : ProofResults.read(known));
        Map<ProofCell, Outcome> now = ProofResults.read(results);
        System.out.print(ProofResults.table(now));
        return now.values().stream().anyMatch(outcome -> outcome.differ() > 0) ? 1 : 0;
    }

    private List<ProofCell> cells() throws IOException, InterruptedException {
        List<ProofCell> all = new ArrayList<>();
        boolean hasProgram = NativeProgram.isInstalled(ProofWork.PROGRAM);
        for (Path model : models) {
            String name = model.getFileName().toString();
            for (Path text : texts) {
                for (Kind kind : List.of(Kind.DOCUMENTS, Kind.PARAGRAPHS, Kind.LINES)) {
                    all.add(new ProofCell(name, kind, text.getFileName().toString()));
                }
            }
            blocks(name, Kind.MADE_UP, fuzz, all);
            blocks(name, Kind.NOT_UTF8, hasProgram ? bytes : 0, all);
        }
        Collections.shuffle(all, new Random(seed));
        String[] numbers = part.split("/", 2);
        int which = Integer.parseInt(numbers[0]) - 1;
        int of = Integer.parseInt(numbers[1]);
        List<ProofCell> mine = new ArrayList<>();
        for (int i = which; i < all.size(); i += of) {
            mine.add(all.get(i));
        }
        return mine;
    }

    private void blocks(String model, Kind kind, long count, List<ProofCell> cells) {
        long each = Math.ceilDiv(count, models.size());
        for (long from = 0; from < each; from += BLOCK) {
            cells.add(new ProofCell(model, kind, from + "+" + Math.min(BLOCK, each - from) + " of seed " + seed));
        }
    }

    private void run(List<ProofCell> cells, Map<ProofCell, Outcome> known) throws IOException, InterruptedException {
        Path file = results.resolve("part-" + part.replace('/', '-') + ".tsv");
        Map<String, ProofWork> work = new TreeMap<>();
        long begin = System.nanoTime();
        long said = begin;
        long compared = 0;
        for (int done = 0; done < cells.size(); done++) {
            ProofCell cell = cells.get(done);
            if (!work.containsKey(cell.model())) {
                work.put(cell.model(), new ProofWork(file(cell.model()), texts, results, every, seed));
            }
            ProofWork worker = work.get(cell.model());
            Outcome expected = known.getOrDefault(cell, Outcome.NOTHING);
            Outcome outcome = worker.hasFingerprint(cell, expected) ? expected : worker.compare(cell);
            ProofResults.append(file, cell, outcome);
            compared += outcome.bytes();
            long now = System.nanoTime();
            if (now - said > SAY_EVERY.toNanos() || done + 1 == cells.size()) {
                said = now;
                double seconds = (now - begin) / 1e9;
                System.out.printf(
                        "%d of %d cells, %.1f MB, %.1f MB/s, about %.0f s left%n",
                        done + 1,
                        cells.size(),
                        compared / 1e6,
                        compared / 1e6 / seconds,
                        seconds / (done + 1) * (cells.size() - done - 1));
            }
        }
        work.values().forEach(ProofWork::close);
    }

    private Path file(String model) {
        return models.stream()
                .filter(file -> file.getFileName().toString().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
