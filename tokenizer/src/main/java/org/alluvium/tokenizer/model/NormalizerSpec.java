package org.alluvium.tokenizer.model;

import java.util.Arrays;

/**
 * What is done to text before it is segmented: every field of the message {@code NormalizerSpec} of SentencePiece's
 * published schema.
 *
 * @param name name of the rules; {@code identity} changes nothing
 * @param charsMap the rules in their precompiled form ({@code precompiled_charsmap}); empty where there are none
 * @param addDummyPrefix whether a space is put before the text (behind it where white space is a suffix), so that a word is
 *     the same there as elsewhere
 * @param removeExtraWhitespaces whether leading, trailing and repeated spaces are lost
 * @param escapeWhitespaces whether a space becomes U+2581
 * @param ruleTsv the rules in their readable form, where a trainer was given one
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content
public record NormalizerSpec(
        String name,
        byte[] charsMap,
        boolean addDummyPrefix,
        boolean removeExtraWhitespaces,
        boolean escapeWhitespaces,
        String ruleTsv) {

    public NormalizerSpec {
        charsMap = charsMap.clone();
    }

    /** The schema's defaults: no rules, a dummy prefix, extra spaces removed, spaces escaped. */
    public static NormalizerSpec defaults() {
        return new NormalizerSpec("", new byte[0], true, true, true, "");
    }

    /** A copy of the rules in their precompiled form. */
    @Override
    public byte[] charsMap() {
        return charsMap.clone();
    }

    public boolean hasCharsMap() {
        return charsMap.length > 0;
    }

    public NormalizerSpec withRules(String newName, byte[] newCharsMap) {
        return new NormalizerSpec(
                newName, newCharsMap, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces, ruleTsv);
    }

    public NormalizerSpec withAddDummyPrefix(boolean value) {
        return new NormalizerSpec(name, charsMap, value, removeExtraWhitespaces, escapeWhitespaces, ruleTsv);
    }

    public NormalizerSpec withRemoveExtraWhitespaces(boolean value) {
        return new NormalizerSpec(name, charsMap, addDummyPrefix, value, escapeWhitespaces, ruleTsv);
    }

    public NormalizerSpec withEscapeWhitespaces(boolean value) {
        return new NormalizerSpec(name, charsMap, addDummyPrefix, removeExtraWhitespaces, value, ruleTsv);
    }

    static NormalizerSpec read(ProtoReader in) {
        String name = "";
        byte[] charsMap = new byte[0];
        boolean addDummyPrefix = true;
        boolean removeExtraWhitespaces = true;
        boolean escapeWhitespaces = true;
        String ruleTsv = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.string();
                case 2 -> charsMap = in.byteString();
                case 3 -> addDummyPrefix = in.bool();
                case 4 -> removeExtraWhitespaces = in.bool();
                case 5 -> escapeWhitespaces = in.bool();
                case 6 -> ruleTsv = in.string();
                default -> in.skip();
            }
        }
        return new NormalizerSpec(name, charsMap, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces, ruleTsv);
    }

    byte[] write() {
        ProtoWriter out = new ProtoWriter();
        out.string(1, name, "");
        if (hasCharsMap()) {
            out.delimited(2, charsMap);
        }
        out.bool(3, addDummyPrefix, true);
        out.bool(4, removeExtraWhitespaces, true);
        out.bool(5, escapeWhitespaces, true);
        out.string(6, ruleTsv, "");
        return out.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalizerSpec that
                && name.equals(that.name)
                && Arrays.equals(charsMap, that.charsMap)
                && addDummyPrefix == that.addDummyPrefix
                && removeExtraWhitespaces == that.removeExtraWhitespaces
                && escapeWhitespaces == that.escapeWhitespaces
                && ruleTsv.equals(that.ruleTsv);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(charsMap);
    }

    @Override
    public String toString() {
        return "NormalizerSpec[name=" + name + ", charsMap=" + charsMap.length + " bytes, addDummyPrefix="
                + addDummyPrefix + ", removeExtraWhitespaces=" + removeExtraWhitespaces + ", escapeWhitespaces="
                + escapeWhitespaces + "]";
    }
}
