package org.alluvium.cli.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.cli.scale.Formula.Call;
import org.alluvium.cli.scale.Formula.Constant;
import org.alluvium.cli.scale.Formula.Group;
import org.alluvium.cli.scale.Formula.Name;
import org.alluvium.cli.scale.Formula.Operation;

/** Recursive descent over one line: sums of products of numbers, names, calls and groups. */
final class FormulaParser {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>\\d[\\d_]*(?:\\.\\d+)?(?:e\\d+)?)|(?<name>[A-Za-z]\\w*)|(?<sign>[-+*/(),]))");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    FormulaParser(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw wrong("'" + text.substring(end).strip() + "' is not understood");
        }
    }

    Formula parse() {
        Formula sum = sum();
        if (next < tokens.size()) {
            throw wrong("'" + tokens.get(next) + "' is too much");
        }
        return sum;
    }

    private Formula sum() {
        Formula left = product();
        while (peek("+") || peek("-")) {
            char operator = take().charAt(0);
            left = new Operation(operator, left, product());
        }
        return left;
    }

    private Formula product() {
        Formula left = atom();
        while (peek("*") || peek("/")) {
            char operator = take().charAt(0);
            left = new Operation(operator, left, atom());
        }
        return left;
    }

    private Formula atom() {
        String token = take();
        if (token.equals("(")) {
            Formula inside = sum();
            expect(")");
            return new Group(inside);
        }
        if (Character.isDigit(token.charAt(0))) {
            return new Constant(Double.parseDouble(token.replace("_", "")));
        }
        if (!Character.isLetter(token.charAt(0))) {
            throw wrong("'" + token + "' is not where a value should be");
        }
        return peek("(") ? call(token) : new Name(token);
    }

    private Formula call(String function) {
        expect("(");
        List<Formula> arguments = new ArrayList<>(List.of(sum()));
        while (peek(",")) {
            take();
            arguments.add(sum());
        }
        expect(")");
        try {
            return new Call(Call.Kind.valueOf(function.toUpperCase(Locale.ROOT)), arguments);
        } catch (IllegalArgumentException e) {
            throw wrong("there is no function '" + function + "'");
        }
    }

    private boolean peek(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private String take() {
        if (next == tokens.size()) {
            throw wrong("something is missing at its end");
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!take().equals(token)) {
            throw wrong("'" + token + "' is missing before '" + tokens.get(next - 1) + "'");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("in the formula '" + text + "' " + what);
    }
}
