package org.alluvium.contracts.log;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.alluvium.contracts.error.MismatchException;

/**
 * What the rows of a shard family are made with. A corpus holds one family or several, one after another: a writer says with
 * its fence which one its commits belong to, and goes on in a family only with the same recipe. Immutable.
 *
 * @param name of the family, unique in a corpus
 * @param tokenizer SHA-256 of the vocabulary's file, 64 lower-case hexadecimal digits
 * @param addBos whether every row begins with the vocabulary's BOS id
 * @param addEos whether every row ends with the vocabulary's EOS id
 * @param rules what decides which documents pass and how their text is changed: digests by the part of the configuration that
 *     they are of, such as {@code filters.language}. A part that is as by default has none. The parts of sources,
 *     {@code sources.<name>}, are how their records were parsed last, of all sources that the family has had: they may change,
 *     since a reader that is mended makes documents of what was refused
 */
public record Family(String name, String tokenizer, boolean addBos, boolean addEos, SortedMap<String, String> rules)
        implements Serializable {

    /** Name of the only family of a corpus that was begun without any. */
    public static final String MAIN = "main";

    /** What the names of the parts begin with that are of one source each. */
    public static final String SOURCES = "sources.";

    private static final String VOCABULARY = "tokenizer.model";

    private static final long serialVersionUID = 1L;

    public Family {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /**
     * Keys of the configuration in which another recipe differs from this one; none if rows of both may be mixed. Sources make
     * no difference.
     */
    public List<String> differences(Family other) {
        List<String> keys = new ArrayList<>();
        if (!tokenizer.equals(other.tokenizer)) {
            keys.add(VOCABULARY);
        }
        if (addBos != other.addBos) {
            keys.add("tokenizer.addBos");
        }
        if (addEos != other.addEos) {
            keys.add("tokenizer.addEos");
        }
        SortedSet<String> parts = new TreeSet<>(rules.keySet());
        parts.addAll(other.rules.keySet());
        parts.removeIf(part -> part.startsWith(SOURCES));
        for (String part : parts) {
            if (!rules.getOrDefault(part, "").equals(other.rules.getOrDefault(part, ""))) {
                keys.add(part);
            }
        }
        return keys;
    }

    /**
     * This recipe, to go on with where the other was used before.
     *
     * @param before of the same name
     * @param where what told of it
     * @throws MismatchException naming the keys that differ
     */
    public Family goingOnFrom(Family before, String where) {
        List<String> keys = before.differences(this);
        if (!keys.isEmpty()) {
            String vocabularies = keys.contains(VOCABULARY)
                    ? " (the vocabulary was " + before.tokenizer + " and is now " + tokenizer + ")"
                    : "";
            throw new MismatchException(
                    "rows of the family '" + name
                            + "' were made with other settings than those of now, which differ in "
                            + String.join(", ", keys) + vocabularies,
                    where,
                    "Set the old values to go on with the family, or corpus.family to another name to begin a new family"
                            + " in the same corpus");
        }
        SortedMap<String, String> remembered = new TreeMap<>();
        for (Map.Entry<String, String> part : before.rules.entrySet()) {
            if (part.getKey().startsWith(SOURCES)) {
                remembered.put(part.getKey(), part.getValue());
            }
        }
        remembered.putAll(rules);
        return new Family(name, tokenizer, addBos, addEos, remembered);
    }
}
