package org.alluvium.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.deadletter.DeadLetterJson;
import org.alluvium.ingest.deadletter.DeadLetters;
import org.alluvium.ingest.deadletter.LetterId;
import org.alluvium.ingest.deadletter.ReplayFolder;
import org.alluvium.ingest.deadletter.StoredLetter;
import org.alluvium.ingest.record.DeadLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at what was refused. */
@Command(
        name = "deadletters",
        description = "List the records that were refused, look into one, feed them back to the ingest job.",
        footer = "  ./alluvium deadletters list --corpus .alluvium/demo/corpus",
        subcommands = DeadLettersReplayCommand.class)
final class DeadLettersCommand extends CommandGroup {

    @Command(
            name = "list",
            description = "List the records that were refused, in the order of the log: where each was read, and why.",
            footer = {
                "  ./alluvium deadletters list --source news --reason not_json",
                "  ./alluvium deadletters list --json | jq -r .reason | sort | uniq -c"
            })
    int list(
            @Mixin CorpusOption corpus,
            @Mixin LetterSelection selection,
            @Option(names = "--json", description = "Print one JSON object a line, with the records.") boolean json) {
        CorpusLayout layout = corpus.layout();
        ReplayFolder replayed = ReplayFolder.of(layout);
        Map<String, Long> counts = new TreeMap<>();
        PrintWriter out = out();
        of(layout).forEach(stored -> {
            if (selection.holds(stored.letter())) {
                counts.merge(stored.letter().reason().code(), 1L, Long::sum);
                out.println(json ? DeadLetterJson.encode(stored) : line(stored, replayed.contains(stored.id())));
            }
        });
        if (!json) {
            out.println(summary(counts));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            description = "Show one refused record with everything that is known of it.",
            footer = {"  ./alluvium deadletters show 42.3", "  ./alluvium deadletters show 42.3 --save record.bin"})
    int show(
            @Mixin CorpusOption corpus,
            @Parameters(paramLabel = "LETTER", converter = LetterIdConverter.class, description = "As 'list' names it.")
                    LetterId id,
            @Option(names = "--save", paramLabel = "FILE", description = "Write the record to a file, byte for byte.")
                    Path file,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        CorpusLayout layout = corpus.layout();
        StoredLetter stored = find(layout, id);
        PrintWriter out = out();
        if (json) {
            out.println(DeadLetterJson.encode(stored));
        } else {
            print(stored, ReplayFolder.of(layout).contains(id), out);
        }
        out.flush();
        if (file != null) {
            save(stored.letter(), file);
        }
        return ExitCode.OK.code();
    }

    static DeadLetters of(CorpusLayout layout) {
        return new DeadLetters(layout, StoreShardLog.of(layout));
    }

    /** @throws UnavailableException if there is no such letter */
    static StoredLetter find(CorpusLayout layout, LetterId id) {
        return of(layout)
                .find(id)
                .orElseThrow(() -> new UnavailableException(
                        "there is no dead letter " + id,
                        layout.root().toString(),
                        "See which there are with 'alluvium deadletters list'"));
    }

    private static String line(StoredLetter stored, boolean replayed) {
        DeadLetter letter = stored.letter();
        return "%s  %s  %s  %s: %s%s%s"
                .formatted(
                        stored.id(),
                        letter.source(),
                        letter.origin(),
                        letter.reason().code(),
                        letter.detail(),
                        letter.attempt() == 1 ? "" : "  (attempt " + letter.attempt() + ")",
                        replayed ? "  (fed back)" : "");
    }

    private static String summary(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return "no dead letters";
        }
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder summary = new StringBuilder(Units.count(sum)).append(sum == 1 ? " letter:" : " letters:");
        counts.forEach((reason, count) ->
                summary.append(' ').append(reason).append(' ').append(Units.count(count)));
        return summary.toString();
    }

    private static void print(StoredLetter stored, boolean replayed, PrintWriter out) {
        DeadLetter letter = stored.letter();
        field(out, "letter", stored.id());
        field(out, "source", letter.source());
        field(out, "origin", letter.origin());
        letter.key().ifPresent(key -> field(out, "key", key));
        field(out, "time", Instant.ofEpochMilli(letter.timeMillis()));
        field(out, "refused", stored.refusedAt());
        field(out, "attempt", letter.attempt());
        field(out, "reason", letter.reason().code());
        field(out, "detail", letter.detail());
        field(out, "bytes", letter.isWhole() ? letter.length() : letter.bytes().length + ", not all of it");
        field(
                out,
                "fed back",
                replayed
                        ? "yes"
                        : stored.obstacle().map(why -> "cannot be: " + why).orElse("no"));
        out.println();
        out.println(new String(letter.bytes(), StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD"));
    }

    private static void field(PrintWriter out, String name, Object value) {
        out.printf("%-9s %s%n", name, value);
    }

    private static void save(DeadLetter letter, Path file) {
        try {
            Files.write(file, letter.bytes());
        } catch (IOException e) {
            throw StorageException.of("write the record", file, e);
        }
    }

    /** Letters by their names. */
    static final class LetterIdConverter implements ITypeConverter<LetterId> {

        @Override
        public LetterId convert(String text) {
            return LetterId.parse(text);
        }
    }
}
