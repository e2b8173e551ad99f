package org.alluvium.tokenizer.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Vocabulary;

/**
 * Trains vocabularies by running SentencePiece's {@code spm_train} with the settings of the bundled one: unigram, byte
 * fallback, no normalization, so that decoding gives back every text.
 *
 * <p>The trainer works in a folder of its own beside the result, under fixed names, because it writes the names of its files
 * into the model: so the vocabulary depends on the texts and the request alone, and an interrupted training leaves nothing
 * behind.
 */
public final class VocabularyTrainer {

    /** The trainer's program, found on the PATH. */
    public static final String PROGRAM = "spm_train";

    /** The trainer ends with what is wrong, and then with a line that says only that something is. */
    private static final int LINES_OF_A_REFUSAL = 2;

    private static final String NAME = "vocabulary";
    private static final List<String> SETTINGS = List.of(
            "--model_type=unigram",
            "--normalization_rule_name=identity",
            "--remove_extra_whitespaces=false",
            "--allow_whitespace_only_pieces=true",
            "--byte_fallback=true",
            "--split_digits=true",
            "--character_coverage=0.9999",
            "--max_sentence_length=1048576",
            "--unk_id=0",
            "--bos_id=1",
            "--eos_id=2",
            "--pad_id=-1");

    private final String program;

    /** A trainer that runs the given program, the name or the path of {@code spm_train}. */
    public VocabularyTrainer(String program) {
        this.program = program;
    }

    /**
     * Trains a vocabulary, checks that it can be read, and puts it where the request says.
     *
     * @param log is given every line the trainer prints
     * @return the new vocabulary
     * @throws UnavailableException if the trainer is not installed, or an input is not there
     * @throws ConfigException if the trainer refuses, such as where the texts are too few for so many pieces
     * @throws StorageException if the result cannot be written
     * @throws InterruptedException if the thread is interrupted; the trainer is stopped
     */
    public Vocabulary train(TrainingRequest request, Consumer<String> log) throws InterruptedException {
        for (Path input : request.inputs()) {
            if (!Files.isReadable(input) || Files.isDirectory(input)) {
                throw new UnavailableException(
                        "there is no readable text file", input.toString(), "Name files of text, one document a line.");
            }
        }
        Path target = request.model().toAbsolutePath();
        try {
            Path work = Files.createTempDirectory(target.getParent(), ".training-");
            try {
                run(command(request, linkInputs(request.inputs(), work)), work, log);
                Vocabulary vocabulary = Vocabulary.load(work.resolve(NAME + ".model"));
                publish(work.resolve(NAME + ".vocab"), request.list());
                publish(work.resolve(NAME + ".model"), target);
                return vocabulary;
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "the vocabulary cannot be written (" + e + ")",
                    target.toString(),
                    "Check that the folder is there and may be written.",
                    e);
        }
    }

    private List<String> command(TrainingRequest request, List<String> inputs) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.add("--input=" + String.join(",", inputs));
        command.add("--model_prefix=" + NAME);
        command.add("--vocab_size=" + request.size());
        command.add("--num_threads=" + request.threads());
        command.addAll(SETTINGS);
        return command;
    }

    private static List<String> linkInputs(List<Path> inputs, Path work) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path input : inputs) {
            String name = "input-%05d.txt".formatted(names.size());
            Files.createSymbolicLink(work.resolve(name), input.toAbsolutePath());
            names.add(name);
        }
        return names;
    }

    private void run(List<String> command, Path work, Consumer<String> log) throws InterruptedException {
        Process process = start(command, work);
        Deque<String> lastLines = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
                lastLines.addLast(line);
                if (lastLines.size() > LINES_OF_A_REFUSAL) {
                    lastLines.removeFirst();
                }
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new ConfigException(
                        "the trainer refused with exit code " + exit + " (" + String.join(" ", lastLines) + ")",
                        String.join(" ", command),
                        "Give it more text, or ask for fewer pieces.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of " + program + " cannot be read", e);
        } finally {
            process.destroy();
        }
    }

    private Process start(List<String> command, Path work) {
        try {
            return new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UnavailableException(
                    "SentencePiece's trainer is not installed",
                    program,
                    "Install it (Debian and Ubuntu: apt-get install sentencepiece; macOS: brew install sentencepiece).",
                    e);
        }
    }

    private static void publish(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
