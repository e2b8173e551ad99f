package org.alluvium.images.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One instruction of a Dockerfile.
 *
 * @param line where it begins, from 1
 * @param keyword in capitals
 * @param text what follows, with continued lines joined by a space
 * @param document of a heredoc; empty without
 */
record Instruction(int line, String keyword, String text, String document) {

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isA(String... keywords) {
        return Arrays.asList(keywords).contains(keyword);
    }

    /** Options before the arguments, {@code --from=java}, by their name without dashes. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : text.split("\\s+", -1)) {
            if (!word.startsWith("--")) {
                break;
            }
            String[] parts = word.substring(2).split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "true");
        }
        return options;
    }

    /** The text without its options. */
    String arguments() {
        return text.replaceFirst("^(--\\S+\\s+)+", "");
    }

    /** The program and its arguments as a list, {@code ["a", "b"]}; nothing where a shell would run them. */
    Optional<List<String>> execForm() {
        String list = isA("HEALTHCHECK") ? arguments().replaceFirst("^CMD\\s+", "") : arguments();
        if (!list.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(JSON.readValue(list, String[].class)));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // as the engine does, which takes it for a command line
        }
    }

    /** The arguments, cut at spaces; a list in brackets as it is. */
    List<String> words() {
        return execForm().orElseGet(() -> List.of(arguments().strip().split("\\s+")));
    }

    /** The pairs of {@code ENV}, {@code LABEL} and {@code ARG}; one without a value has an empty one, as {@code ARG} may. */
    Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : quotedWords(arguments())) {
            String[] parts = word.split("=", 2);
            pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return pairs;
    }

    private static List<String> quotedWords(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (text + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
