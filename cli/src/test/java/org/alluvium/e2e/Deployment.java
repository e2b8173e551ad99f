package org.alluvium.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.alluvium.cli.Main;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.shard.ShardReader;
import picocli.CommandLine;

/**
 * One corpus and one run in a folder, and the processes that work on them.
 *
 * @param root folder that holds {@code alluvium.yaml}, {@code inbox/}, {@code corpus/} and {@code run/}
 */
record Deployment(Path root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The checkout: tests run in the folder of their module. */
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Milliseconds between two looks at a condition that only another process' files can tell. */
    private static final long LOOK_MILLIS = 20;

    private static final int TAIL_BYTES = 16_384;

    /** Commands whose kernels need the optimizing compiler; all others live for seconds here, too short for it to pay. */
    private static final Set<String> COMPUTING = Set.of("train", "sweep");

    static Deployment create(Path root, String yaml) {
        try {
            Files.createDirectories(root.resolve("inbox"));
            Files.writeString(root.resolve("alluvium.yaml"), yaml);
            return new Deployment(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of everything in this one, processes' logs aside, in another folder. */
    Deployment copyTo(Path target) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                if (!path.toString().endsWith(".log")) {
                    Files.copy(path, target.resolve(root.relativize(path)));
                }
            }
            return new Deployment(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes another one's corpus this one's, too. */
    void shareCorpus(Deployment other) {
        linkCorpus(other.root.resolve("corpus"));
    }

    /** Reads a corpus that lies elsewhere as if it were here. */
    void linkCorpus(Path place) {
        try {
            Files.createSymbolicLink(root.resolve("corpus"), place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Digests of all files of corpus and run but those that every process touches: locks, events, scratch. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String part : List.of("corpus", "run")) {
            try (Stream<Path> tree = Files.walk(root.resolve(part))) {
                for (Path path : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                    String name = root.relativize(path).toString();
                    if (!name.matches(".*\\.lock|[^/]+/events/.*|corpus/flink/tmp/.*")) {
                        digests.put(name, digest(path));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return digests;
    }

    Path inbox() {
        return root.resolve("inbox");
    }

    Path checkpoints() {
        return root.resolve("run/checkpoints");
    }

    /** Starts {@code alluvium <command> --config alluvium.yaml} with further arguments. */
    Child start(String command, String... arguments) {
        return launch("org.alluvium.cli.Main", command, arguments);
    }

    /** Starts another main class of the test class path with the arguments of a command. */
    Child launch(String mainClass, String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + options(command), "-Xmx1g"));
        if (!COMPUTING.contains(command)) {
            line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        }
        line.addAll(List.of(
                "-Dalluvium.home=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                mainClass,
                command,
                "--config",
                root.resolve("alluvium.yaml").toString()));
        line.addAll(List.of(arguments));
        try {
            File log = root.resolve(command + ".log").toFile();
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            return new Child(command, process, log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options of the JVM, as the launcher chooses them. */
    private static Path options(String command) {
        String kind = command.equals("sweep") ? "train" : command;
        Path own = ROOT.resolve("bin/jvm").resolve(kind + ".options");
        return Files.exists(own) ? own : own.resolveSibling("light.options");
    }

    /** Runs {@code alluvium <command> --config alluvium.yaml} with further arguments to its end in this process. */
    Answer ask(String... command) {
        StringWriter out = new StringWriter();
        CommandLine alluvium = Main.commandLine();
        alluvium.setOut(new PrintWriter(out));
        alluvium.setErr(new PrintWriter(out));
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--config", root.resolve("alluvium.yaml").toString()));
        return new Answer(alluvium.execute(line.toArray(String[]::new)), out.toString());
    }

    /** The journal's document ids, in the order of training. */
    List<String> trainedIds() {
        List<String> ids = new ArrayList<>();
        for (JsonNode step : jsonLines(root.resolve("run/journal.jsonl"))) {
            step.get("documents").forEach(document -> ids.add(document.get("id").asText()));
        }
        return ids;
    }

    /** The last step the journal knows, 0 before the first. */
    long lastStep() {
        List<JsonNode> steps = jsonLines(root.resolve("run/journal.jsonl"));
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).get("step").asLong();
    }

    /** The entries of the shard log, in order. */
    List<JsonNode> logEntries() {
        Path log = root.resolve("corpus/log");
        if (!Files.isDirectory(log)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(log)) {
            List<JsonNode> entries = new ArrayList<>();
            for (Path file : files.filter(path -> path.getFileName().toString().matches("\\d{20}\\.json"))
                    .sorted()
                    .toList()) {
                entries.add(JSON.readTree(file.toFile()).get("entry"));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids of the documents in the corpus, in the order of the log. */
    List<String> acceptedIds() {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : logEntries()) {
            for (JsonNode shard : entry.path("shards")) {
                Path file = root.resolve("corpus").resolve(shard.get("path").asText());
                try (ShardReader reader = ShardReader.open(file)) {
                    reader.forEachRemaining(row -> ids.add(row.documentId()));
                }
            }
        }
        return ids;
    }

    /** Records read so far, as the log's funnels count them. */
    long recordsRead() {
        return logEntries().stream()
                .filter(entry -> entry.has("funnel"))
                .mapToLong(entry -> entry.get("funnel").get("read").asLong())
                .sum();
    }

    /** Waits until a condition on published files holds; fails at once if a process that must bring it about has died. */
    static void await(String what, BooleanSupplier condition, Child... needed) {
        while (!condition.getAsBoolean()) {
            for (Child child : needed) {
                if (!child.process().isAlive()) {
                    if (condition.getAsBoolean()) {
                        return;
                    }
                    throw new AssertionError(child.name() + " ended with "
                            + child.process().exitValue() + " before " + what + ":\n" + child.tail());
                }
            }
            pause(LOOK_MILLIS);
        }
    }

    /** Lets the other processes run for a while. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The trainer's events of one type. */
    List<JsonNode> trainEvents(String type) {
        return jsonLines(root.resolve("run/events/train.jsonl")).stream()
                .filter(event -> event.get("type").asText().equals(type))
                .toList();
    }

    /** The trainer's newest event of one type, if it is among the last few; a run's events are too many to read often. */
    Optional<JsonNode> newestTrainEvent(String type) {
        Path file = root.resolve("run/events/train.jsonl");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile events = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, events.length())];
            events.seek(events.length() - tail.length);
            events.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            // What is before the first line feed was cut, and what is after the last is still being written.
            List<String> lines = text.substring(text.indexOf('\n') + 1, text.lastIndexOf('\n') + 1)
                    .lines()
                    .toList();
            return lines.reversed().stream()
                    .map(Deployment::parse)
                    .filter(event -> event.get("type").asText().equals(type))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> jsonLines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<JsonNode> nodes = new ArrayList<>();
            String content = Files.readString(file);
            // A line without its newline is still being written.
            content.substring(0, content.lastIndexOf('\n') + 1).lines().forEach(line -> nodes.add(parse(line)));
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended, and what it printed. */
    record Answer(int code, String text) {

        JsonNode json() {
            return parse(text);
        }

        List<JsonNode> jsonLines() {
            return text.lines().map(Deployment::parse).toList();
        }
    }

    /** A started process. */
    record Child(String name, Process process, Path log) implements AutoCloseable {

        /** kill -9. */
        void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }

        /** SIGTERM, and the exit code it leads to. */
        int terminate() {
            process.destroy();
            return exitCode();
        }

        int exitCode() {
            process.onExit().join();
            return process.exitValue();
        }

        /** The end of what it printed. */
        String tail() {
            try {
                List<String> lines = Files.readAllLines(log);
                return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The line, with what it lists, in which a process that refused says why; there is no other error, and no stack trace. */
        String complaint() {
            try {
                List<String> lines = Files.readAllLines(log);
                List<String> complaints = lines.stream()
                        .filter(line -> line.matches("(alluvium|ERROR): .*|.*\\bat [\\w.$/]+\\(.*"))
                        .toList();
                if (complaints.size() != 1 || !complaints.get(0).startsWith("alluvium: ")) {
                    throw new AssertionError("not one clear line:\n" + String.join("\n", lines));
                }
                return String.join("\n", lines.subList(lines.indexOf(complaints.get(0)), lines.size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends the process if a failed assertion left it running. */
        @Override
        public void close() {
            kill();
        }
    }
}
