package org.alluvium.cli.view;

/** How a piece of text stands out, as an ANSI "select graphic rendition" parameter (ECMA-48). */
enum Style {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    GOOD("32"),
    CARE("33"),
    BAD("31"),
    CURVE("36");

    private final String parameter;

    Style(String parameter) {
        this.parameter = parameter;
    }

    String apply(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + parameter + "m" + text + "\u001b[0m";
    }
}
