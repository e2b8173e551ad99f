package org.alluvium.ingest.pii;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.config.PiiConfig.Action;
import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/**
 * Takes spans out of a text. A placeholder is {@code <type_n>}, where n counts the different values of that type in the
 * order in which they first occur: equal values have equal placeholders, so that the text still says who wrote to whom.
 * Letter case, blanks and punctuation do not make another value of an id or a number.
 */
final class Redaction {

    private final Map<PiiType, Action> actions;

    Redaction(Map<PiiType, Action> actions) {
        this.actions = actions;
    }

    /** The text without what is to be redacted or masked; itself if there is nothing. */
    String apply(String text, List<PiiSpan> spans) {
        StringBuilder out = new StringBuilder(text.length());
        Map<PiiType, Map<String, Integer>> numbers = new HashMap<>();
        int copied = 0;
        for (PiiSpan span : spans) {
            Action action = actions.get(span.type());
            if (action == Action.REDACT || action == Action.MASK) {
                out.append(text, copied, span.start());
                String value = span.in(text);
                out.append(action == Action.MASK ? mask(value) : placeholder(span.type(), value, numbers));
                copied = span.end();
            }
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private static String placeholder(PiiType type, String value, Map<PiiType, Map<String, Integer>> numbers) {
        Map<String, Integer> known = numbers.computeIfAbsent(type, absent -> new HashMap<>());
        int number = known.computeIfAbsent(identity(type, value), absent -> known.size() + 1);
        return '<' + type.label() + '_' + number + '>';
    }

    private static String identity(PiiType type, String value) {
        return switch (type) {
            case EMAIL, IPV6 -> value.toLowerCase(Locale.ROOT);
            case IPV4, SECRET -> value;
            case PHONE, IBAN, CREDIT_CARD, NATIONAL_ID -> alphanumeric(value);
        };
    }

    private static String alphanumeric(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.chars().filter(c -> Chars.isAlphanumeric((char) c)).forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static String mask(String value) {
        StringBuilder out = new StringBuilder(value);
        for (int i = 0; i < out.length(); i++) {
            if (Chars.isAlphanumeric(out.charAt(i))) {
                out.setCharAt(i, '*');
            }
        }
        return out.toString();
    }
}
