package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Turns text into tokens and back, and tells of a vocabulary. */
@Command(
        name = "tokenizer",
        description = "Turn text into tokens and back, look into a vocabulary, train or export one.",
        subcommands = {
            TokenizerTrainCommand.class,
            TokenizerExportCommand.class,
            TokenizerVerifyCommand.class,
            TokenizerReportCommand.class,
            TokenizerDriftCommand.class
        },
        footer = {"  ./alluvium tokenizer encode 'Herr Präsident'", "  ./alluvium tokenizer info --model my.model"})
final class TokenizerCommand extends CommandGroup {

    @Command(
            name = "encode",
            description = "Print the token ids of a text, without BOS and EOS.",
            footer = {
                "  ./alluvium tokenizer encode --pieces 'Herr Präsident'",
                "  ./alluvium tokenizer encode < speech.txt | ./alluvium tokenizer decode"
            })
    int encode(
            @Mixin VocabularyOption vocabularyOption,
            @Option(names = "--pieces", description = "Print the pieces beside their ids, one a line.") boolean pieces,
            @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The text (default: standard input).")
                    String text) {
        Vocabulary vocabulary = vocabularyOption.load();
        PrintWriter out = out();
        try (Encoder encoder = PieceEncoder.of(vocabulary)) {
            int[] ids = encoder.encode(text == null ? StandardInput.text() : text);
            if (pieces) {
                Arrays.stream(ids)
                        .forEach(id ->
                                out.println(id + "\t" + vocabulary.piece(id).text()));
            } else {
                out.println(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "decode",
            description = "Print the text of token ids.",
            footer = "  ./alluvium tokenizer decode 1 250 4021")
    int decode(
            @Mixin VocabularyOption vocabularyOption,
            @Parameters(arity = "0..*", paramLabel = "ID", description = "The ids (default: standard input).")
                    List<Integer> ids) {
        Vocabulary vocabulary = vocabularyOption.load();
        List<Integer> all = ids == null ? idsOf(StandardInput.text()) : ids;
        for (int id : all) {
            if (id < 0 || id >= vocabulary.size()) {
                throw new ParameterException(
                        commandLine(),
                        "there is no token " + id + ": ids of this vocabulary are 0 to " + (vocabulary.size() - 1));
            }
        }
        PrintWriter out = out();
        out.println(vocabulary.decode(all.stream().mapToInt(Integer::intValue).toArray()));
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "info",
            description = "Tell size, digest, special ids and kind of a vocabulary.",
            footer = "  ./alluvium tokenizer info --json")
    int info(
            @Mixin VocabularyOption vocabularyOption,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        Vocabulary vocabulary = vocabularyOption.load();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", vocabulary.name());
        facts.put("digest", vocabulary.digest());
        facts.put("pieces", vocabulary.size());
        facts.put("unknownId", vocabulary.unknownId());
        facts.put("bosId", vocabulary.bosId());
        facts.put("eosId", vocabulary.eosId());
        facts.put("byteFallback", vocabulary.spec().byteFallback());
        facts.put("normalization", vocabulary.spec().normalization());
        facts.put("lossless", vocabulary.spec().lossless());
        PrintWriter out = out();
        if (json) {
            out.println(Json.text(facts));
        } else {
            facts.forEach((name, value) -> out.printf("%-14s %s%n", name, value));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private List<Integer> idsOf(String text) {
        try {
            return Arrays.stream(text.strip().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new ParameterException(commandLine(), "standard input must be token ids: " + e.getMessage(), e);
        }
    }
}
