package org.alluvium.images.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Dockerfile, read as BuildKit does as far as ours go: comments, continued lines, heredocs, and stages.
 *
 * @param global instructions before the first stage, which are {@code ARG}s
 */
record Dockerfile(List<Instruction> global, List<Stage> stages) {

    private static final Pattern HEREDOC = Pattern.compile("<<-?\"?([A-Za-z_]+)\"?");
    private static final Pattern FROM = Pattern.compile("(\\S+)(?:\\s+[Aa][Ss]\\s+(\\S+))?");

    /**
     * A stage.
     *
     * @param from its {@code FROM}
     * @param base an image or the name of a former stage
     * @param name empty without one
     * @param instructions after the {@code FROM}
     */
    record Stage(Instruction from, String base, String name, List<Instruction> instructions) {

        Stream<Instruction> all(String... keywords) {
            return instructions.stream().filter(instruction -> instruction.isA(keywords));
        }

        /** Of several the last counts. */
        Instruction last(String keyword) {
            return all(keyword)
                    .reduce((before, after) -> after)
                    .orElseThrow(() -> new AssertionError("there is no " + keyword));
        }
    }

    static Dockerfile read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dockerfile parse(String text) {
        List<Instruction> global = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(text.lines().toList())) {
            if (instruction.isA("FROM")) {
                Matcher from = FROM.matcher(instruction.arguments());
                if (!from.matches()) {
                    throw new IllegalArgumentException("line " + instruction.line() + ": what is it from?");
                }
                String name = from.group(2) == null ? "" : from.group(2);
                stages.add(new Stage(instruction, from.group(1), name, new ArrayList<>()));
            } else if (stages.isEmpty()) {
                global.add(instruction);
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(global, stages);
    }

    private static List<Instruction> instructions(List<String> lines) {
        List<Instruction> instructions = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            int first = next;
            StringBuilder joined = new StringBuilder();
            boolean more = true;
            while (more && next < lines.size()) {
                String line = lines.get(next++).strip();
                // Comments are left out of what is continued, too.
                if (line.startsWith("#")) {
                    more = !joined.isEmpty();
                } else {
                    more = line.endsWith("\\");
                    joined.append(more ? line.substring(0, line.length() - 1).strip() : line)
                            .append(' ');
                }
            }
            String[] parts = joined.toString().strip().split("\\s+", 2);
            if (!parts[0].isEmpty()) {
                String text = parts.length == 2 ? parts[1] : "";
                List<String> document = heredoc(text, lines.subList(next, lines.size()));
                next += document.size();
                instructions.add(new Instruction(
                        first + 1, parts[0].toUpperCase(Locale.ROOT), text, String.join("\n", document)));
            }
        }
        return instructions;
    }

    /** The lines of the document that a text announces, with the one that ends it. */
    private static List<String> heredoc(String text, List<String> following) {
        Matcher mark = HEREDOC.matcher(text);
        if (!mark.find()) {
            return List.of();
        }
        List<String> document = new ArrayList<>();
        for (String line : following) {
            document.add(line);
            if (line.strip().equals(mark.group(1))) {
                return document;
            }
        }
        throw new IllegalArgumentException("nothing ends the document " + mark.group(1));
    }

    Stream<Instruction> all(String... keywords) {
        return Stream.concat(global.stream(), stages.stream().flatMap(stage -> stage.instructions().stream()))
                .filter(instruction -> instruction.isA(keywords));
    }

    /** What the image is. */
    Stage result() {
        return stages.getLast();
    }

    /** The stages that are images of somebody's rather than former stages. */
    Stream<Stage> bases() {
        Set<String> names = new LinkedHashSet<>();
        stages.forEach(stage -> names.add(stage.name()));
        return stages.stream().filter(stage -> !names.contains(stage.base()));
    }
}
