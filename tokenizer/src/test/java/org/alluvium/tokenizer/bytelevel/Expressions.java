package org.alluvium.tokenizer.bytelevel;

import java.util.List;
import java.util.Random;
import org.alluvium.tokenizer.engine.HardTexts;

/** Expressions that published vocabularies split by, and some that have what those have not. */
public enum Expressions {
    O200K(
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    TEKKEN("[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
            + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    DEEPSEEK(
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*"
                    + "|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"),
    DEEPSEEK_DIGITS("\\p{N}{1,3}"),
    DEEPSEEK_SCRIPTS("[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+"),
    GPT_2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    CL100K(
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
    OTHERS("(?:a|th)?e(?= )|\\P{L}{2,4}|[\\d\\t -]{2,}|\\S\\s|[^\\S\\n]");

    private static final List<String> BITS = List.of(
            "THE",
            "The",
            "iPhone",
            "HTTPServer",
            "\u01C5a",
            "\u02B0B",
            "/",
            "/\n",
            "#tag",
            "e\u0301E\u0301",
            "\u30AB\u3099");

    private final String regex;

    Expressions(String regex) {
        this.regex = regex;
    }

    public String regex() {
        return regex;
    }

    public SplitExpression split() {
        return SplitExpression.of(regex);
    }

    /** A text that it is hard for. */
    public String text(Random random) {
        return HardTexts.next(random)
                + BITS.get(random.nextInt(BITS.size()))
                + HardTexts.next(random)
                + BITS.get(random.nextInt(BITS.size()));
    }
}
