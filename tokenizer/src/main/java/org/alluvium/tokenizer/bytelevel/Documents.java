package org.alluvium.tokenizer.bytelevel;

import java.util.List;
import java.util.Optional;

/**
 * Which tokens begin and end a document, as far as a {@code tokenizer.json} tells: those that its template puts around a
 * text, else special tokens that go by a name which is used for that.
 */
final class Documents {

    private static final List<String> BEGINS = List.of(
            "<|begin_of_text|>",
            "<|startoftext|>",
            "<s>",
            "<bos>",
            "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C>",
            "<|endoftext|>");
    private static final List<String> ENDS =
            List.of("<|end_of_text|>", "<|endoftext|>", "</s>", "<eos>", "<\uFF5Cend\u2581of\u2581sentence\uFF5C>");

    private final List<AddedToken> added;
    private Optional<Integer> begin = Optional.empty();
    private Optional<Integer> end = Optional.empty();

    Documents(JsonPlace postProcessor, List<AddedToken> added) {
        this.added = added;
        if (!postProcessor.isAbsent()) {
            read(postProcessor);
        }
    }

    Optional<Integer> begin() {
        return begin.or(() -> named(BEGINS));
    }

    Optional<Integer> end() {
        return end.or(() -> named(ENDS));
    }

    private void read(JsonPlace part) {
        String type = part.get("type").text();
        switch (type) {
            case "ByteLevel" -> {
                // It moves offsets and leaves ids alone.
            }
            case "Sequence" -> {
                JsonPlace parts = part.get("processors");
                for (int i = 0; i < parts.node().size(); i++) {
                    read(parts.get(i));
                }
            }
            case "TemplateProcessing" -> readTemplate(part.get("single"));
            case "RobertaProcessing", "BertProcessing" -> {
                begin = Optional.of(mark(part.get("cls")));
                end = Optional.of(mark(part.get("sep")));
            }
            default -> throw part.unsupported(type);
        }
    }

    private void readTemplate(JsonPlace single) {
        boolean before = true;
        for (int i = 0; i < single.node().size(); i++) {
            JsonPlace item = single.get(i);
            if (item.node().has("Sequence")) {
                before = false;
                continue;
            }
            JsonPlace id = item.get("SpecialToken").get("id");
            int token = idOf(id);
            if (before ? begin.isPresent() : end.isPresent()) {
                throw item.unsupported("more than one token " + (before ? "before" : "behind") + " a document");
            }
            if (before) {
                begin = Optional.of(token);
            } else {
                end = Optional.of(token);
            }
        }
    }

    /** A pair of a token and its id. */
    private int mark(JsonPlace pair) {
        int token = idOf(pair.get(0));
        if (pair.get(1).id() != token) {
            throw pair.get(1).damaged("the id of " + pair.get(0).text() + " is " + token);
        }
        return token;
    }

    private int idOf(JsonPlace content) {
        String text = content.text();
        return added.stream()
                .filter(token -> token.special() && token.content().equals(text))
                .findFirst()
                .orElseThrow(() -> content.damaged("there is no special token " + text))
                .id();
    }

    private Optional<Integer> named(List<String> names) {
        for (String name : names) {
            for (AddedToken token : added) {
                if (token.special() && token.content().equals(name)) {
                    return Optional.of(token.id());
                }
            }
        }
        return Optional.empty();
    }
}
