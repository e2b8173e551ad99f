package org.alluvium.bench.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.alluvium.dashboard.lineage.CorpusIndex.State;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.StoredDocument;

/**
 * Makes a corpus of so many documents and the journal of a run that learned from all of them, where they are not there yet; makes both
 * indexes; and asks for documents by id, address, origin and content hash, and for the steps that learned from them: in a process that has them open,
 * as a whole process of {@code ./alluvium trace doc}, and, as peers, by DuckDB over the same shards, and by a table of it with an index. Every answer is compared with what was
 * made before its time counts.
 *
 * <pre>
 *   bench/run.sh lineage.IndexBenchmark FOLDER [DOCUMENTS]
 * </pre>
 *
 * The default is ten million, which take 6 GB. It is started from the root of the project, for the sake of the process.
 */
public final class IndexBenchmark {

    private static final int QUESTIONS = 400;
    private static final int PROCESSES = 20;
    private static final int QUERIES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GeneratedCorpus made;
    private final SplittableRandom random = new SplittableRandom(20261124);

    private IndexBenchmark(GeneratedCorpus made) {
        this.made = made;
    }

    /** Prints a line for each kind of question. */
    public static void main(String[] args) throws Exception {
        long documents = args.length > 1 ? Long.parseLong(args[1]) : 10_000_000;
        GeneratedCorpus made = GeneratedCorpus.in(Path.of(args[0]), documents);
        if (!Files.exists(made.run().journal())) {
            long begun = System.nanoTime();
            Files.createDirectories(Path.of(args[0]));
            made.write();
            say("made", String.format(Locale.ROOT, "%,d documents in %,.0f s", documents, seconds(begun)));
        }
        new IndexBenchmark(made).run();
    }

    private void run() throws Exception {
        DocumentSearch search = new DocumentSearch(made.corpus());
        long begun = System.nanoTime();
        search.index().follow(Long.MAX_VALUE, (done, all, records) -> {});
        search.index().save();
        State state = search.index().state();
        expect(made.documents(), state.records());
        say(
                "corpus indexed",
                String.format(
                        Locale.ROOT, "%,d names, %,d bytes, %.1f s", state.names(), state.bytes(), seconds(begun)));
        begun = System.nanoTime();
        JournalSearch journal = new JournalSearch(made.run().journal());
        expect(1, journal.steps(1, 1).steps().size());
        say(
                "journal indexed",
                String.format(
                        Locale.ROOT,
                        "%,d bytes of it, %.1f s",
                        Files.size(made.run().journal()),
                        seconds(begun)));

        time("a document by any name", QUESTIONS, () -> document(search));
        time("its steps", QUESTIONS, () -> steps(journal));
        double process = time("./alluvium trace doc, a process", PROCESSES, this::process);
        double database = time("DuckDB over the shards, open", QUERIES, this::query);
        peerWithAnIndex();
        say(
                "ratio",
                String.format(
                        Locale.ROOT,
                        "%.0f, DuckDB in an open process over a whole process of ours",
                        database / process));
    }

    private boolean document(DocumentSearch search) {
        long number = random.nextLong(made.documents());
        String name = switch (random.nextInt(4)) {
            case 0 -> GeneratedCorpus.id(number);
            case 1 -> GeneratedCorpus.url(number);
            case 2 -> GeneratedCorpus.origin(number);
            default -> GeneratedCorpus.hash(number).toString();
        };
        List<StoredDocument> found = search.named(name).documents();
        return found.size() == 1 && found.getFirst().place().equals(GeneratedCorpus.place(number));
    }

    private boolean steps(JournalSearch journal) {
        long number = random.nextLong(made.documents());
        return journal.document(GeneratedCorpus.id(number)).steps().stream()
                .map(JournalSearch.Step::step)
                .toList()
                .equals(GeneratedCorpus.steps(number));
    }

    private boolean process() throws IOException, InterruptedException {
        long number = random.nextLong(made.documents());
        List<String> command = List.of(
                Path.of("alluvium").toAbsolutePath().toString(),
                "trace",
                "doc",
                GeneratedCorpus.url(number),
                "--no-loss",
                "--json",
                "--corpus",
                made.corpus().root().toString(),
                "--run",
                made.run().root().toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        JsonNode document =
                JSON.readTree(process.getInputStream().readAllBytes()).at("/documents/0");
        List<Long> steps = new ArrayList<>();
        document.path("steps").forEach(step -> steps.add(step.path("step").asLong()));
        return process.waitFor() == 0
                && document.path("document").asText().equals(GeneratedCorpus.id(number))
                && steps.stream().distinct().toList().equals(GeneratedCorpus.steps(number));
    }

    private boolean query() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return finds(connection, "read_parquet('" + shards() + "')");
        }
    }

    /** A database of its own, with an index on the address alone: what one has who does not want to read the shards each time. */
    private void peerWithAnIndex() throws Exception {
        Path file = made.corpus().root().resolveSibling("peer.duckdb");
        Files.deleteIfExists(file);
        long begun = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE names AS SELECT document_id, url, origin, content_hash, filename, file_row_number"
                            + " FROM read_parquet('" + shards() + "', filename = true, file_row_number = true)");
            statement.execute("CREATE INDEX addresses ON names (url)");
            statement.execute("CHECKPOINT");
            say(
                    "DuckDB, a table with an index",
                    String.format(Locale.ROOT, "%,d bytes, %.1f s", Files.size(file), seconds(begun)));
            time("DuckDB by that index, open", QUESTIONS, () -> finds(connection, "names"));
        }
    }

    private String shards() {
        return made.corpus().shards().resolve("*.parquet").toString();
    }

    private boolean finds(Connection connection, String table) throws SQLException {
        long number = random.nextLong(made.documents());
        try (PreparedStatement query =
                connection.prepareStatement("SELECT document_id FROM " + table + " WHERE url = ?")) {
            query.setString(1, GeneratedCorpus.url(number));
            try (ResultSet found = query.executeQuery()) {
                return found.next() && found.getString(1).equals(GeneratedCorpus.id(number)) && !found.next();
            }
        }
    }

    /** Prints the times of so many questions, and returns their median in seconds. */
    private static double time(String what, int questions, Callable<Boolean> question) throws Exception {
        double[] seconds = new double[questions];
        for (int i = 0; i < questions; i++) {
            long begun = System.nanoTime();
            if (!question.call()) {
                throw new IllegalStateException("a wrong answer: " + what);
            }
            seconds[i] = seconds(begun);
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        double median = seconds[questions / 2];
        say(
                what,
                String.format(
                        Locale.ROOT,
                        "first %,.1f ms, p50 %,.1f ms, p95 %,.1f ms, most %,.1f ms, of %d",
                        1e3 * first,
                        1e3 * median,
                        1e3 * seconds[(int) (0.95 * (questions - 1))],
                        1e3 * seconds[questions - 1],
                        questions));
        return median;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void expect(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + ", found " + found);
        }
    }

    private static void say(String what, String found) {
        System.out.printf(Locale.ROOT, "%-32s %s%n", what, found);
    }
}
