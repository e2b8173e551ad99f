package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.FamilyFollower;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints documents as the trainer sees them: decoded from their tokens, in log order. */
@Command(
        name = "cat",
        description =
                "Print documents in the order of the log, decoded from their tokens. Shard families of another vocabulary are"
                        + " passed over.",
        footer = {
            "  ./alluvium corpus cat --corpus .alluvium/demo/corpus --limit 3",
            "  ./alluvium corpus cat --corpus .alluvium/demo/corpus --skip 1000 --json | jq .origin"
        })
final class CorpusCatCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Mixin
    private VocabularyOption vocabularyOption;

    @Option(names = "--skip", paramLabel = "N", defaultValue = "0", description = "Leave out the first N documents.")
    private long skip;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "Print at most N documents (default: ${DEFAULT-VALUE}).")
    private long limit;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Print documents of one shard family only.")
    private String family;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        CorpusLayout layout = corpus.layout();
        CorpusFiles files = new CorpusFiles(layout);
        Vocabulary vocabulary = vocabularyOption.load();
        PrintWriter out = spec.commandLine().getOut();
        long toSkip = skip;
        long left = limit;
        FamilyFollower families = FamilyFollower.fromStart();
        for (LogEntry entry : StoreShardLog.of(layout).readFrom(0)) {
            String name = families.next(entry);
            boolean wanted = family.isEmpty() ? families.isMadeWith(vocabulary.digest()) : family.equals(name);
            if (!wanted || !(entry instanceof LogEntry.Commit commit)) {
                continue;
            }
            for (ShardFile shard : commit.shards()) {
                if (left == 0 || toSkip >= shard.rows()) {
                    toSkip = Math.max(0, toSkip - shard.rows());
                    continue;
                }
                left -= print(
                        ShardReader.open(files, shard),
                        toSkip,
                        left,
                        vocabulary,
                        files.takedowns().out(),
                        out);
                toSkip = 0;
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }

    /** Prints rows of a shard, those that are not taken down, and returns how many. */
    private long print(
            ShardReader shard, long from, long most, Vocabulary vocabulary, TakenOut taken, PrintWriter out) {
        try (ShardReader reader = shard) {
            reader.requireTokenizer(vocabulary);
            reader.skip(from);
            long printed = 0;
            while (printed < most && reader.hasNext()) {
                ShardRow row = reader.next();
                if (!taken.has(row)) {
                    print(row, vocabulary, out);
                    printed++;
                }
            }
            return printed;
        }
    }

    private void print(ShardRow row, Vocabulary vocabulary, PrintWriter out) {
        String text = vocabulary.decode(row.inputIds());
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", row.documentId());
            fields.put("source", row.source());
            fields.put("origin", row.origin());
            row.url().ifPresent(url -> fields.put("url", url));
            fields.put("eventTime", Instant.ofEpochMilli(row.eventTimeMillis()).toString());
            row.language().ifPresent(language -> fields.put("language", language));
            fields.put("contentHash", row.contentHash().toString());
            fields.put("repeat", row.repeat());
            fields.put("tokens", row.tokenCount());
            fields.put("textBytes", row.textBytes());
            fields.put("text", text);
            out.println(Json.line(fields));
            return;
        }
        String url = Optional.of(row.url().orElse(""))
                .filter(u -> !u.isEmpty())
                .map(u -> "  " + u)
                .orElse("");
        out.printf(
                "== %s  %s  %s  %d tokens%s%n",
                row.documentId(), row.origin(), Instant.ofEpochMilli(row.eventTimeMillis()), row.tokenCount(), url);
        out.println(text);
        out.println();
    }
}
