package org.alluvium.tokenizer.bytelevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.alluvium.tokenizer.bytelevel.Regex.Chars;
import org.alluvium.tokenizer.bytelevel.Regex.Range;

/**
 * Reads regular expressions as Oniguruma takes them: characters, sets, properties of general categories, {@code \s} and
 * {@code \S}, groups without memory, {@code (?i:…)} of ASCII letters, branches, greedy and possessive repetitions, and a look ahead.
 * Anything else is refused, since a guess would be a wrong id somewhere.
 */
final class RegexParser {

    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    /** General categories by their names: bits by the numbers of {@link Character#getType(int)}. */
    private static final Map<String, Integer> CATEGORIES = Map.ofEntries(
            Map.entry("L", 0x3E),
            Map.entry("Lu", 1 << Character.UPPERCASE_LETTER),
            Map.entry("Ll", 1 << Character.LOWERCASE_LETTER),
            Map.entry("Lt", 1 << Character.TITLECASE_LETTER),
            Map.entry("Lm", 1 << Character.MODIFIER_LETTER),
            Map.entry("Lo", 1 << Character.OTHER_LETTER),
            Map.entry("M", 0x1C0),
            Map.entry("Mn", 1 << Character.NON_SPACING_MARK),
            Map.entry("Me", 1 << Character.ENCLOSING_MARK),
            Map.entry("Mc", 1 << Character.COMBINING_SPACING_MARK),
            Map.entry("N", 0xE00),
            Map.entry("Nd", 1 << Character.DECIMAL_DIGIT_NUMBER),
            Map.entry("Nl", 1 << Character.LETTER_NUMBER),
            Map.entry("No", 1 << Character.OTHER_NUMBER),
            Map.entry("Z", 0x7000),
            Map.entry("P", 0x61F00000),
            Map.entry("S", 0x1E000000));

    private final String text;
    private int at;
    private boolean anyCase;

    RegexParser(String text) {
        this.text = text;
    }

    /**
     * The expression.
     *
     * @throws IllegalArgumentException if it is not understood; names the place
     */
    Regex parse() {
        Regex all = choice();
        require(at == text.length(), "a bracket too many");
        require(!mayBeEmpty(all), "a match of nothing");
        return all;
    }

    private Regex choice() {
        List<Regex> branches = new ArrayList<>(List.of(sequence()));
        while (take("|")) {
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.get(0) : new Regex.Choice(branches);
    }

    private Regex sequence() {
        List<Regex> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(one()));
        }
        return new Regex.Sequence(parts);
    }

    private Regex one() {
        if (take("(?i:")) {
            boolean outside = anyCase;
            anyCase = true;
            Regex group = closed(choice());
            anyCase = outside;
            return group;
        }
        if (take("(?:")) {
            return closed(choice());
        }
        if (take("(?!")) {
            return new Regex.Ahead(closed(choice()), true);
        }
        if (take("(?=")) {
            return new Regex.Ahead(closed(choice()), false);
        }
        if (take("[")) {
            return set();
        }
        if (text.charAt(at) == '\\') {
            SetBuilder escaped = new SetBuilder();
            escape(escaped);
            return escaped.build(false);
        }
        int character = text.codePointAt(at);
        require(SPECIAL.indexOf(character) < 0, "what " + text.charAt(at) + " asks for");
        at += Character.charCount(character);
        SetBuilder literal = new SetBuilder();
        literal.add(character, character);
        return literal.build(false);
    }

    private Regex closed(Regex group) {
        require(take(")"), "a bracket that is not closed");
        return group;
    }

    private Regex repeated(Regex what) {
        int least;
        int most;
        if (take("?")) {
            least = 0;
            most = 1;
        } else if (take("*")) {
            least = 0;
            most = Regex.ANY;
        } else if (take("+")) {
            least = 1;
            most = Regex.ANY;
        } else if (take("{")) {
            least = number();
            most = take(",") ? (peek('}') ? Regex.ANY : number()) : least;
            require(take("}") && least <= most && !peek('+'), "these bounds");
        } else {
            return what;
        }
        boolean possessive = take("+");
        require(!peek('?') && !peek('*') && !peek('+') && !peek('{'), "a repetition of a repetition");
        require(what instanceof Chars || (most == 1 && !possessive), "a repetition of a group");
        return new Regex.Repeat(what, least, most, possessive);
    }

    private Regex set() {
        boolean negated = take("^");
        SetBuilder set = new SetBuilder();
        boolean empty = true;
        while (!take("]")) {
            require(at < text.length() && !peek('[') && !text.startsWith("&&", at), "this set");
            if (peek('\\') && !isEscapedCharacter()) {
                escape(set);
            } else {
                int first = character();
                int last = first;
                if (peek('-') && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                    at++;
                    last = character();
                }
                require(first <= last, "this range");
                set.add(first, last);
            }
            empty = false;
        }
        require(!empty, "a set of nothing");
        return set.build(negated);
    }

    private boolean isEscapedCharacter() {
        return at + 1 < text.length() && "sSdpP".indexOf(text.charAt(at + 1)) < 0;
    }

    /** A character of a set, which may be escaped. */
    private int character() {
        require(at < text.length(), "a set that is not closed");
        if (take("\\")) {
            require(at < text.length(), "an escape of nothing");
            char escaped = text.charAt(at++);
            return switch (escaped) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> {
                    require(escaped < 0x80 && !Character.isLetterOrDigit(escaped), "\\" + escaped);
                    yield escaped;
                }
            };
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    /** A property or an escaped character, into a set. */
    private void escape(SetBuilder set) {
        if (isEscapedCharacter()) {
            int character = character();
            set.add(character, character);
        } else if (take("\\s")) {
            set.space = true;
        } else if (take("\\S")) {
            set.other = true;
        } else if (take("\\d")) {
            set.categories |= CATEGORIES.get("Nd");
        } else {
            boolean negated = take("\\P{");
            require(negated || take("\\p{"), "this escape");
            int end = text.indexOf('}', at);
            require(end > 0 && CATEGORIES.containsKey(text.substring(at, end)), "this property");
            int categories = CATEGORIES.get(text.substring(at, end));
            set.categories |= negated ? ~categories : categories;
            at = end + 1;
        }
    }

    private int number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        require(at > from && at - from < 5, "this number");
        return Integer.parseInt(text.substring(from, at));
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean take(String what) {
        boolean there = text.startsWith(what, at);
        at += there ? what.length() : 0;
        return there;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", at character " + at);
        }
    }

    private static boolean mayBeEmpty(Regex regex) {
        if (regex instanceof Regex.Sequence sequence) {
            return sequence.parts().stream().allMatch(RegexParser::mayBeEmpty);
        }
        if (regex instanceof Regex.Choice choice) {
            return choice.branches().stream().anyMatch(RegexParser::mayBeEmpty);
        }
        if (regex instanceof Regex.Repeat repeat) {
            return repeat.least() == 0 || mayBeEmpty(repeat.what());
        }
        return regex instanceof Regex.Ahead;
    }

    /** A set in the making. */
    private final class SetBuilder {
        private final List<Range> ranges = new ArrayList<>();
        private int categories;
        private boolean space;
        private boolean other;

        void add(int first, int last) {
            ranges.add(new Range(first, last));
            if (anyCase) {
                require(last < 0x80, "letters of any case that are not ASCII");
                for (int c = first; c <= last; c++) {
                    addOtherCase(c);
                }
            }
        }

        /** By simple folding, and the two characters that fold to ASCII letters. */
        private void addOtherCase(int c) {
            if (Character.isLetter(c)) {
                ranges.add(new Range(c ^ 0x20, c ^ 0x20));
                int lower = c | 0x20;
                if (lower == 's') {
                    ranges.add(new Range(0x17F, 0x17F));
                } else if (lower == 'k') {
                    ranges.add(new Range(0x212A, 0x212A));
                }
            }
        }

        Chars build(boolean negated) {
            return new Chars(ranges, categories, space, other, negated);
        }
    }
}
