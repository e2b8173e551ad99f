package org.alluvium.cli.command;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.report.Tally;
import org.alluvium.tokenizer.report.VocabularyReport;
import org.alluvium.tokenizer.shard.ShardReader;

/** The documents of a corpus, as reports on vocabularies need them: decoded, with the tokens they were published with. */
final class CorpusTexts {

    /** What stands for a language that is not known. */
    static final String UNKNOWN_LANGUAGE = "und";

    private final CorpusFiles files;
    private final ShardLog log;
    private final Vocabulary vocabulary;

    /**
     * @param vocabulary of one of the corpus's shard families
     * @throws MismatchException if the corpus has families, and none of them is made with that vocabulary
     */
    CorpusTexts(CorpusLayout layout, Vocabulary vocabulary) {
        this.files = new CorpusFiles(layout);
        this.log = StoreShardLog.of(layout);
        this.vocabulary = vocabulary;
        requireFamily(layout);
    }

    private void requireFamily(CorpusLayout layout) {
        Collection<Family> families = Families.all(log).values();
        if (!families.isEmpty()
                && families.stream().noneMatch(family -> family.tokenizer().equals(vocabulary.digest()))) {
            throw new MismatchException(
                    "no shards were made with vocabulary " + vocabulary.digest() + " (" + vocabulary.name()
                            + "): the corpus has "
                            + families.stream()
                                    .map(family -> family.name() + " with " + family.tokenizer())
                                    .collect(Collectors.joining(", ")),
                    layout.toString(),
                    "Name the vocabulary of the corpus with --model.");
        }
    }

    /** A document. */
    record Text(String language, String source, String text, ShardRow row) {}

    /** Gives the documents of one entry of the log, in order, without those that were taken down; none of a shard family of another vocabulary. */
    void forEach(LogEntry.Commit commit, Consumer<Text> texts) {
        if (!Families.isMadeWith(vocabulary.digest(), log, commit)) {
            return;
        }
        TakenOut out = files.takedowns().out();
        for (ShardFile shard : commit.shards()) {
            try (ShardReader reader = ShardReader.open(files, shard)) {
                reader.requireTokenizer(vocabulary);
                while (reader.hasNext()) {
                    ShardRow row = reader.next();
                    if (out.has(row)) {
                        continue;
                    }
                    String language = row.language().orElse(UNKNOWN_LANGUAGE);
                    texts.accept(new Text(language, row.source(), vocabulary.decode(row.inputIds()), row));
                }
            }
        }
    }

    /** Adds an entry's documents to a report, and gives what they add up to. */
    Tally addTo(VocabularyReport report, LogEntry.Commit commit) {
        Tally[] sum = {Tally.NONE};
        forEach(commit, text -> {
            Tally tally = report.add(
                    text.language(), text.source(), text.text(), text.row().inputIds());
            sum[0] = sum[0].plus(tally);
        });
        return sum[0];
    }
}
