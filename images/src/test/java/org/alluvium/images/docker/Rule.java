package org.alluvium.images.docker;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every Dockerfile is held to; each finds what breaks it, with the line and why it matters. */
enum Rule {
    EVERY_BASE_IS_PINNED_BY_A_DIGEST_THAT_IS_GIVEN,
    NO_BASE_IS_THE_LATEST,
    NOTHING_IS_FETCHED_BY_ADD,
    NO_SECRET_IS_IN_THE_IMAGE,
    PACKAGES_ARE_NO_MORE_THAN_NEEDED,
    NO_LISTS_OF_PACKAGES_STAY,
    THE_LAST_USER_IS_A_NUMBER_AND_NOT_ROOT,
    PROGRAMS_ARE_STARTED_WITHOUT_A_SHELL,
    IT_SAYS_WHAT_IT_IS,
    A_VARIABLE_OF_THE_RESULT_IS_DECLARED_IN_IT,
    NOTHING_MAY_BE_WRITTEN_BY_ALL,
    COPIES_COME_FROM_THE_CONTEXT_OR_A_NAMED_STAGE,
    IT_ENDS_WHEN_IT_IS_TOLD_TO,
    IT_SAYS_HOW_IT_IS_DOING;

    /** A folder that build.sh unpacks after it has compared its digest. */
    private static final String GIVEN_CONTEXT = "tornadovm";

    private static final Pattern SECRET =
            Pattern.compile("(?i)secret|passw|token|credential|(access|api|private)_?key");
    private static final Pattern WRITABLE =
            Pattern.compile("(chmod|--chmod=|-m|--mode)[ =]?(-R )?(0?[0-7]?[0-7][0-7][2367]\\b|\\S*[ao]\\+\\S*w)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_]+)");

    /** What breaks this rule; nothing if it is kept. */
    List<String> breaches(Dockerfile file) {
        Stream<String> found = switch (this) {
            case EVERY_BASE_IS_PINNED_BY_A_DIGEST_THAT_IS_GIVEN -> unpinned(file);
            case NO_BASE_IS_THE_LATEST ->
                file.bases()
                        .filter(base -> !base.base().matches("[^:@]+:[^:@]+@.*")
                                || base.base().contains(":latest"))
                        .map(base -> at(base.from(), "has no tag, or one that moves"));
            case NOTHING_IS_FETCHED_BY_ADD ->
                file.all("ADD").map(add -> at(add, "COPY takes what is in the context, and nothing else"));
            case NO_SECRET_IS_IN_THE_IMAGE ->
                file.all("ARG", "ENV", "LABEL").filter(Rule::namesASecret).map(at("whoever has it reads it"));
            case PACKAGES_ARE_NO_MORE_THAN_NEEDED -> commands(file, "apt-get install", "--no-install-recommends");
            case NO_LISTS_OF_PACKAGES_STAY -> commands(file, "apt-get update", "rm -rf /var/lib/apt/lists/*");
            case THE_LAST_USER_IS_A_NUMBER_AND_NOT_ROOT -> user(file);
            case PROGRAMS_ARE_STARTED_WITHOUT_A_SHELL -> shells(file);
            case IT_SAYS_WHAT_IT_IS -> missingLabels(file);
            case A_VARIABLE_OF_THE_RESULT_IS_DECLARED_IN_IT -> undeclared(file.result());
            case NOTHING_MAY_BE_WRITTEN_BY_ALL ->
                file.all("RUN", "COPY")
                        .filter(step -> WRITABLE.matcher(script(step)).find())
                        .map(at("a folder has one owner"));
            case COPIES_COME_FROM_THE_CONTEXT_OR_A_NAMED_STAGE -> strangers(file);
            case IT_ENDS_WHEN_IT_IS_TOLD_TO ->
                missing(file, "STOPSIGNAL", signal -> signal.text().equals("SIGTERM"));
            case IT_SAYS_HOW_IT_IS_DOING -> missing(file, "HEALTHCHECK", check -> true);
        };
        return found.toList();
    }

    /** All that is broken in a file. */
    static List<String> allBreaches(Dockerfile file) {
        return Arrays.stream(values())
                .flatMap(rule -> rule.breaches(file).stream().map(breach -> rule + ": " + breach))
                .toList();
    }

    private static Stream<String> unpinned(Dockerfile file) {
        Set<String> given = file.global().stream()
                .filter(instruction -> instruction.isA("ARG"))
                .map(Instruction::arguments)
                .filter(argument -> argument.matches("[A-Z]+_DIGEST"))
                .collect(Collectors.toSet());
        return file.bases()
                .filter(stage ->
                        given.stream().noneMatch(digest -> stage.base().matches("[^@]+@\\$\\{" + digest + "}")))
                .map(stage -> at(stage.from(), "not name:tag@${NAME_DIGEST} with an ARG that has no default"));
    }

    /** Commands that do one thing without another. */
    private static Stream<String> commands(Dockerfile file, String that, String without) {
        return file.all("RUN")
                .filter(run -> script(run).contains(that) && !script(run).contains(without))
                .map(run -> at(run, that + " without " + without));
    }

    private static Stream<String> user(Dockerfile file) {
        return file.result()
                .all("USER")
                .reduce((before, after) -> after)
                .map(user -> user.arguments().matches("[1-9]\\d*:[1-9]\\d*")
                        ? Stream.<String>empty()
                        : Stream.of(at(user, "Kubernetes cannot tell that it is not root")))
                .orElse(Stream.of("no USER: it runs as the base does"));
    }

    private static Stream<String> shells(Dockerfile file) {
        return Stream.of(
                        missing(file, "ENTRYPOINT", entry -> true),
                        missing(file, "CMD", command -> true),
                        file.all("ENTRYPOINT", "CMD", "HEALTHCHECK")
                                .filter(start -> start.execForm().isEmpty())
                                .filter(start -> !start.text().equals("NONE"))
                                .map(at("a shell would take the signals")))
                .flatMap(part -> part);
    }

    private static Stream<String> missingLabels(Dockerfile file) {
        Set<String> labels = file.result()
                .all("LABEL")
                .flatMap(label -> label.pairs().entrySet().stream())
                .filter(label -> !label.getValue().isEmpty())
                .map(label -> label.getKey().replace("org.opencontainers.image.", ""))
                .collect(Collectors.toSet());
        return Stream.of("title", "description", "licenses", "source", "revision", "version", "created")
                .filter(label -> !labels.contains(label))
                .map(label -> "no label org.opencontainers.image." + label);
    }

    private static Stream<String> undeclared(Dockerfile.Stage stage) {
        Set<String> declared = stage.all("ARG", "ENV")
                .flatMap(instruction -> instruction.pairs().keySet().stream())
                .collect(Collectors.toSet());
        return stage.all("LABEL", "COPY", "RUN")
                .flatMap(instruction -> VARIABLE.matcher(instruction.text())
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !declared.contains(name))
                        .map(name -> at(instruction, "ARG " + name + " is not of this stage: it would be empty")));
    }

    private static Stream<String> strangers(Dockerfile file) {
        Set<String> names = file.stages().stream().map(Dockerfile.Stage::name).collect(Collectors.toSet());
        names.add(GIVEN_CONTEXT);
        return file.all("COPY")
                .filter(copy -> copy.options().containsKey("from"))
                .filter(copy -> !names.contains(copy.options().get("from")))
                .map(copy -> at(copy, "neither a stage nor what build.sh verifies"));
    }

    private static Stream<String> missing(Dockerfile file, String keyword, Predicate<Instruction> good) {
        return file.result().all(keyword).anyMatch(good) ? Stream.empty() : Stream.of("no such " + keyword);
    }

    private static boolean namesASecret(Instruction instruction) {
        return instruction.pairs().keySet().stream().anyMatch(SECRET.asPredicate());
    }

    private static String script(Instruction run) {
        return run.text() + "\n" + run.document();
    }

    private static Function<Instruction, String> at(String why) {
        return instruction -> at(instruction, why);
    }

    private static String at(Instruction instruction, String why) {
        return "line " + instruction.line() + ": " + instruction.keyword() + " " + instruction.text() + ": " + why;
    }
}
