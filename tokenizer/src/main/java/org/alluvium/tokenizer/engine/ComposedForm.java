package org.alluvium.tokenizer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Normalization form C (Unicode Standard Annex 15) over UTF-8, of <b>Unicode 9.0</b> whatever the JVM knows, which is what Hugging
 * Face's tokenizers have: characters that came later are left alone, and so is what is beside them.
 *
 * <p>A text that has this form already, as nearly all have, is found to have it by looking at it, and costs nothing else. Where
 * it has not, the marks in question and the letter before them are given to the JVM's own normalizer, alone. It knows at least
 * Unicode 13.0, and what older characters are normalized to never changes, by the standard's stability policy.
 *
 * <p>The properties are a resource of runs, {@code <length>[:<value>]} in hexadecimal, over all characters from U+0000 on; a value is
 * the canonical combining class and the flags below. A test makes it again from ICU.
 */
final class ComposedForm {

    /** The character is never in form C. */
    static final int NO = 0x100;

    /** The character may be joined to one before it. */
    static final int MAYBE = 0x200;

    /** The character may be joined to one behind it, or be composed of such and be taken apart for it. */
    static final int BASE = 0x400;

    static final String RESOURCE = "composition-9.0.txt";

    private static final int CLASS = 0xFF;
    private static final int MARK = CLASS | NO | MAYBE;

    /** What is no mark of any kind has a lower first byte; U+0300 begins with this one. */
    private static final int FIRST_MARK = 0xCC;

    /** Characters from which on marks are ordered before the JVM's normalizer sees them: its time for that is quadratic. */
    private static final int MANY = 64;

    private static final int HANGUL = 0xAC00;
    private static final int HANGUL_END = 0xD7A4;
    private static final int HANGUL_TAILS = 28;

    private static final Pattern RUNS = Pattern.compile("\\s+");
    private static final CharTable VALUES = read();

    private ComposedForm() {}

    /** Class and flags of a character. */
    static int of(int character) {
        if (character >= HANGUL && character < HANGUL_END) {
            return (character - HANGUL) % HANGUL_TAILS == 0 ? BASE : 0; // with a tail it is joined to no other
        }
        return VALUES.get(character);
    }

    /** Whether a text surely has this form; of those that have it, a few with marks that join nothing are not found to. */
    static boolean holds(byte[] text, int from, int to) {
        return next(text, from, to) == to;
    }

    /** Appends a text in this form; with origins, what was rewritten comes from where that begins. */
    static void append(byte[] text, int from, int to, NormalizedText out) {
        int at = from;
        while (at < to) {
            int start = next(text, at, to);
            out.ensure(out.length + (start - at) + Normalizer.SLACK);
            for (; at < start; at++) {
                put(text[at], at, out);
            }
            if (start < to) {
                at = endOfMarks(text, start + Characters.lengthByFirst(text[start]), to);
                byte[] composed = composed(new String(text, start, at - start, StandardCharsets.UTF_8));
                out.ensure(out.length + composed.length + Normalizer.SLACK);
                for (byte value : composed) {
                    put(value, start, out);
                }
            }
        }
        if (out.origins != null) {
            out.origins[out.length] = to;
        }
    }

    private static void put(byte value, int origin, NormalizedText out) {
        if (out.origins != null) {
            out.origins[out.length] = origin;
        }
        out.bytes[out.length++] = value;
    }

    /** Where the next part of a text begins that has to be rewritten; it ends with its marks. {@code to} if there is none. */
    private static int next(byte[] text, int from, int to) {
        int before = from;
        int at = from;
        while (at < to) {
            int first = text[at] & 0xFF;
            if (first < FIRST_MARK) {
                before = at;
                at += first < 0x80 ? 1 : 2;
                continue;
            }
            int character = Characters.at(text, at, to);
            if ((of(character) & MARK) == 0) {
                before = at;
                at += Characters.length(character);
                continue;
            }
            boolean afterBase = before < at && (of(Characters.at(text, before, to)) & BASE) != 0;
            int end = endOfMarks(text, at, to);
            if (isToBeRewritten(text, at, end, afterBase)) {
                return afterBase ? before : at;
            }
            before = end;
            at = end;
        }
        return to;
    }

    private static int endOfMarks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] & 0xFF) >= FIRST_MARK && (of(Characters.at(text, at, to)) & MARK) != 0) {
            at += Characters.lengthByFirst(text[at]);
        }
        return at;
    }

    /** Whether marks are to be replaced, ordered or joined to the letter before them. */
    private static boolean isToBeRewritten(byte[] text, int from, int to, boolean afterBase) {
        boolean base = afterBase;
        int last = 0;
        for (int at = from; at < to; at += Characters.lengthByFirst(text[at])) {
            int value = of(Characters.at(text, at, to));
            int order = value & CLASS;
            if ((value & NO) != 0 || (order != 0 && order < last) || (base && (value & MAYBE) != 0)) {
                return true;
            }
            base = order == 0 ? (value & BASE) != 0 : base;
            last = order;
        }
        return false;
    }

    private static byte[] composed(String part) {
        String ordered = part.length() < MANY ? part : ordered(part);
        return java.text.Normalizer.normalize(ordered, Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    /** The same in canonical order, by a sort that takes n log n steps. */
    private static String ordered(String part) {
        StringBuilder decomposed = new StringBuilder(2 * part.length());
        part.codePoints().forEach(c -> {
            if ((of(c) & NO) != 0) {
                decomposed.append(java.text.Normalizer.normalize(Character.toString(c), Form.NFD));
            } else {
                decomposed.appendCodePoint(c);
            }
        });
        int[] characters = decomposed.codePoints().toArray();
        long[] keys = new long[characters.length];
        for (int from = 0; from < characters.length; from++) {
            int to = from;
            for (; to < characters.length && (of(characters[to]) & CLASS) != 0; to++) {
                keys[to] = (long) (of(characters[to]) & CLASS) << 32 | to;
            }
            Arrays.sort(keys, from, to);
            int[] run = Arrays.copyOfRange(characters, from, to);
            for (int i = from; i < to; i++) {
                characters[i] = run[(int) keys[i] - from];
            }
            from = to;
        }
        return new String(characters, 0, characters.length);
    }

    private static CharTable read() {
        CharTable values = new CharTable(0);
        int at = 0;
        for (String run : RUNS.split(resource().strip(), -1)) {
            int colon = run.indexOf(':');
            int length = Integer.parseInt(colon < 0 ? run : run.substring(0, colon), 16);
            if (colon > 0) {
                int value = Integer.parseInt(run.substring(colon + 1), 16);
                for (int i = 0; i < length; i++) {
                    values.put(at + i, value);
                }
            }
            at += length;
        }
        if (at != Character.MAX_CODE_POINT + 1) {
            throw new IllegalStateException("resource " + RESOURCE + " covers " + at + " characters");
        }
        return values;
    }

    private static String resource() {
        try (InputStream in = ComposedForm.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
    }
}
