package org.alluvium.cli.view;

import java.util.ArrayList;
import java.util.List;

/** A terminal of unlimited height that wraps, moves its cursor up, and clears to its end. */
final class Screen {

    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    Screen(int columns) {
        this.columns = columns;
    }

    void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                control(text.charAt(end), Integer.parseInt(text.substring(i + 2, end)));
                i = end;
            } else if (c == '\n') {
                newLine();
            } else if (c == '\r') {
                column = 0;
            } else {
                put(c);
            }
        }
    }

    private void control(char command, int parameter) {
        switch (command) {
            case 'A' -> row = Math.max(0, row - parameter);
            case 'J' -> {
                rows.subList(row + 1, rows.size()).clear();
                rows.get(row).setLength(column);
            }
            default -> throw new AssertionError("the display used an unknown sequence " + command);
        }
    }

    private void put(char c) {
        if (column == columns) {
            newLine();
        }
        StringBuilder line = rows.get(row);
        if (column < line.length()) {
            line.setCharAt(column, c);
        } else {
            line.append(c);
        }
        column++;
    }

    private void newLine() {
        row++;
        column = 0;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }

    /** What stands on the screen, without the empty line that the cursor rests on. */
    List<String> lines() {
        List<String> lines = rows.stream().map(StringBuilder::toString).toList();
        return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }
}
