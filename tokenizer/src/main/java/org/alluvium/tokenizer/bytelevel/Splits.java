package org.alluvium.tokenizer.bytelevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a {@code tokenizer.json} splits text by, its {@code pre_tokenizer}. */
final class Splits {

    /** Of GPT-4o; like those of {@link SplitPattern} it leaves nothing between its matches. */
    private static final String O200K =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final JsonPlace place;
    private final List<Split> patterns = new ArrayList<>();
    private boolean byteLevel;
    private boolean spaceBefore;

    Splits(JsonPlace place) {
        this.place = place;
    }

    List<Split> read() {
        if (place.isAbsent()) {
            throw place.unsupported("a tokenizer without a ByteLevel pre-tokenizer");
        }
        add(place);
        if (!byteLevel) {
            throw place.unsupported("a pre-tokenizer without ByteLevel");
        }
        if (patterns.isEmpty()) {
            throw place.unsupported("a pre-tokenizer that does not split");
        }
        return patterns;
    }

    /** Whether text is given a space before it; known once it was read. */
    boolean spaceBefore() {
        return spaceBefore;
    }

    private void add(JsonPlace part) {
        String type = part.get("type").text();
        if (byteLevel) {
            throw part.unsupported(type + " after ByteLevel");
        }
        switch (type) {
            case "Sequence" -> addAll(part.get("pretokenizers"));
            case "ByteLevel" -> addByteLevel(part);
            case "Split" -> addSplit(part);
            case "Digits" -> {
                part.requireKeys(Set.of("type", "individual_digits"));
                patterns.add(
                        SplitExpression.digits(part.get("individual_digits").flag()));
            }
            default -> throw part.unsupported(type);
        }
    }

    private void addAll(JsonPlace parts) {
        for (int i = 0; i < parts.node().size(); i++) {
            add(parts.get(i));
        }
    }

    private void addByteLevel(JsonPlace part) {
        part.requireKeys(Set.of("type", "add_prefix_space", "trim_offsets", "use_regex"));
        spaceBefore = part.get("add_prefix_space").isAbsent()
                || part.get("add_prefix_space").flag();
        if (spaceBefore && !patterns.isEmpty()) {
            throw part.get("add_prefix_space").unsupported("a space before every split");
        }
        if (part.get("use_regex").isAbsent() || part.get("use_regex").flag()) {
            patterns.add(SplitPattern.GPT_2);
        }
        byteLevel = true;
    }

    private void addSplit(JsonPlace part) {
        part.requireKeys(Set.of("type", "pattern", "behavior", "invert"));
        String behaviour = part.get("behavior").text();
        boolean inverted = part.get("invert").flag();
        Split split = split(part.get("pattern"));
        // These leave nothing between their matches, so both ways come to the matches themselves.
        boolean whole = split instanceof SplitPattern
                || part.get("pattern").get("Regex").node().asText().equals(O200K);
        boolean removed = behaviour.equals("Removed") && inverted && whole;
        if (!(behaviour.equals("Isolated") && !inverted) && !removed) {
            throw part.get("behavior").unsupported(behaviour + (inverted ? ", inverted" : ""));
        }
        patterns.add(split);
    }

    private static Split split(JsonPlace pattern) {
        pattern.requireKeys(Set.of("Regex", "String"));
        JsonPlace literal = pattern.get("String");
        if (!literal.isAbsent()) {
            if (literal.text().isEmpty()) {
                throw literal.unsupported("a split by nothing");
            }
            return SplitExpression.literally(literal.text());
        }
        JsonPlace regex = pattern.get("Regex");
        Optional<SplitPattern> known = SplitPattern.of(regex.text());
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return SplitExpression.of(regex.text());
        } catch (IllegalArgumentException e) {
            throw regex.unsupported(e.getMessage() + " of the expression " + regex.text());
        }
    }
}
