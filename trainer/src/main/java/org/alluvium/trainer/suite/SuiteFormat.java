package org.alluvium.trainer.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.SuiteConfig;

/** What the lines of a suite's files say, and what the answers come to. Stateless. */
sealed interface SuiteFormat permits HellaSwag, Lambada, Blimp {

    /** The name of the share of questions that were answered rightly. */
    String ACCURACY = "accuracy";

    /** The format of this name. */
    static SuiteFormat of(SuiteConfig.Format name) {
        return switch (name) {
            case HELLASWAG -> new HellaSwag();
            case LAMBADA -> new Lambada();
            case BLIMP -> new Blimp();
        };
    }

    /**
     * The question of a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    Question question(JsonNode line);

    /** Whether {@link Answered#foretold} is wanted, which costs a forward pass a question. */
    default boolean asksWhetherForetold() {
        return false;
    }

    /** Figures by name, of at least one question. */
    SortedMap<String, Double> figures(List<Answered> answers);

    /** The text of a field that has to be there. */
    static String text(JsonNode line, String field) {
        JsonNode value = line.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("it has no text '" + field + "'");
        }
        return value.textValue();
    }

    /** Share of the answers of which this holds. */
    static double share(List<Answered> answers, Predicate<Answered> holds) {
        return (double) answers.stream().filter(holds).count() / answers.size();
    }

    /** The same, for each group, under {@code name/group}. */
    static SortedMap<String, Double> shareByGroup(String name, List<Answered> answers, Predicate<Answered> holds) {
        Map<String, List<Answered>> groups = answers.stream()
                .collect(Collectors.groupingBy(answered -> answered.question().group()));
        SortedMap<String, Double> shares = new TreeMap<>();
        groups.forEach((group, members) -> shares.put(name + "/" + group, share(members, holds)));
        return shares;
    }
}
