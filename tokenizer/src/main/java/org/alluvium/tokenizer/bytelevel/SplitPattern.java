package org.alluvium.tokenizer.bytelevel;

import java.util.Optional;

/** The regular expressions that byte-level vocabularies split text with; those that there are scanners for. */
public enum SplitPattern implements Split {

    /** GPT-2's: a word with the space before it, digits, other characters, white space. */
    GPT_2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", 0),

    /** That of GPT-4's cl100k and of Llama 3: up to three digits, line breaks apart. */
    DIGITS_BY_THREE(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            3),

    /** The same with every digit alone, as Qwen 2 has it. */
    DIGITS_ALONE(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            1);

    private static final String CL100K_POSSESSIVE =
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*"
                    + "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

    private final String regex;
    private final int digits;

    SplitPattern(String regex, int digits) {
        this.regex = regex;
        this.digits = digits;
    }

    /** The pattern, as files write it. */
    public String regex() {
        return regex;
    }

    /** Most digits of one split; 0 where they are not counted, as GPT-2 does. */
    public int digits() {
        return digits;
    }

    /** The pattern that a file writes, if it is known; there is more than one way to write some. */
    static Optional<SplitPattern> of(String regex) {
        for (SplitPattern pattern : values()) {
            if (pattern.regex.equals(regex)) {
                return Optional.of(pattern);
            }
        }
        return regex.equals(CL100K_POSSESSIVE) ? Optional.of(DIGITS_BY_THREE) : Optional.empty();
    }
}
