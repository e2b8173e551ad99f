package org.alluvium.cli.scale;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An arithmetic expression over names, which says itself what it computes, in names or in figures. */
sealed interface Formula {

    /** Its value. */
    Quantity value(Function<String, Quantity> names);

    /** The expression with every name replaced. */
    String text(Function<String, String> names);

    /** Reads {@code + - * / ( )}, numbers, names and {@link Call.Kind} functions, with the usual precedence. */
    static Formula parse(String text) {
        return new FormulaParser(text).parse();
    }

    /** A plain number. */
    record Constant(double number) implements Formula {

        @Override
        public Quantity value(Function<String, Quantity> names) {
            return new Quantity(number, Unit.NONE);
        }

        @Override
        public String text(Function<String, String> names) {
            return new Quantity(number, Unit.NONE).figure();
        }
    }

    /** An input or an earlier line. */
    record Name(String name) implements Formula {

        @Override
        public Quantity value(Function<String, Quantity> names) {
            return names.apply(name);
        }

        @Override
        public String text(Function<String, String> names) {
            return names.apply(name);
        }
    }

    /** Two expressions with an operator between them. */
    record Operation(char operator, Formula left, Formula right) implements Formula {

        @Override
        public Quantity value(Function<String, Quantity> names) {
            Quantity one = left.value(names);
            Quantity other = right.value(names);
            return switch (operator) {
                case '+' -> one.plus(other);
                case '-' -> one.minus(other);
                case '*' -> one.times(other);
                case '/' -> one.dividedBy(other);
                default -> throw new IllegalStateException("no operator: " + operator);
            };
        }

        @Override
        public String text(Function<String, String> names) {
            return left.text(names) + " " + operator + " " + right.text(names);
        }
    }

    /** An expression in parentheses. */
    record Group(Formula inside) implements Formula {

        @Override
        public Quantity value(Function<String, Quantity> names) {
            return inside.value(names);
        }

        @Override
        public String text(Function<String, String> names) {
            return "(" + inside.text(names) + ")";
        }
    }

    /** A function of one or two expressions. */
    record Call(Kind kind, List<Formula> arguments) implements Formula {

        /** By their names in lower case. {@code CEIL} keeps the unit, {@code LOG2} drops it. */
        enum Kind {
            MIN,
            MAX,
            CEIL,
            SQRT,
            LOG2
        }

        private static final double LN_2 = Math.log(2);

        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Quantity value(Function<String, Quantity> names) {
            List<Quantity> values =
                    arguments.stream().map(argument -> argument.value(names)).toList();
            Quantity first = values.getFirst();
            return switch (kind) {
                case MIN -> values.stream().reduce(Quantity::smaller).orElseThrow();
                case MAX -> values.stream().reduce(Quantity::larger).orElseThrow();
                case CEIL -> new Quantity(Math.ceil(first.value()), first.unit());
                case SQRT -> new Quantity(Math.sqrt(first.value()), first.unit().root());
                case LOG2 -> new Quantity(Math.log(first.value()) / LN_2, Unit.NONE);
            };
        }

        @Override
        public String text(Function<String, String> names) {
            return kind.name().toLowerCase(Locale.ROOT)
                    + arguments.stream()
                            .map(argument -> argument.text(names))
                            .collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
