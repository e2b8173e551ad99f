package org.alluvium.cli.view;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Redraws a block of lines in place at the bottom of a terminal, by the cursor movements of ECMA-48. Notes scroll away above
 * it. The cursor always rests on the line below the block, so a process that is killed leaves a usable terminal.
 */
public final class LiveDisplay implements Display {

    private static final String CLEAR_TO_END_OF_SCREEN = "\u001b[0J";

    private final PrintStream out;
    private final Supplier<Optional<Terminal.Size>> size;
    private final boolean colors;
    private List<String> shown = List.of();

    /**
     * @param size asked at every redraw; where it is empty the block takes 80 columns and 24 rows
     * @param colors whether styles are used
     */
    public LiveDisplay(PrintStream out, Supplier<Optional<Terminal.Size>> size, boolean colors) {
        this.out = out;
        this.size = size;
        this.colors = colors;
    }

    @Override
    public void show(DashboardSnapshot snapshot) {
        Terminal.Size now = size.get().orElse(new Terminal.Size(80, 24));
        // The last column stays free: some terminals wrap when it is written to.
        List<String> lines = DashboardView.block(snapshot, Math.max(1, now.columns() - 1), now.rows(), colors);
        draw(now, "", lines);
    }

    @Override
    public void note(String line) {
        draw(size.get().orElse(new Terminal.Size(80, 24)), line + "\n", shown);
    }

    /** One write for the whole change, so that the terminal does not flicker. */
    private void draw(Terminal.Size now, String above, List<String> lines) {
        StringBuilder frame = new StringBuilder();
        int up = rowsTaken(shown, now.columns());
        if (up > 0) {
            frame.append("\u001b[").append(Math.min(up, now.rows() - 1)).append("A\r");
        }
        frame.append(CLEAR_TO_END_OF_SCREEN).append(above);
        lines.forEach(line -> frame.append(line).append('\n'));
        out.print(frame);
        out.flush();
        shown = lines;
    }

    /** Rows that lines take now: a terminal that became narrower has wrapped those it shows. */
    private static int rowsTaken(List<String> lines, int columns) {
        return lines.stream()
                .mapToInt(line -> Columns.width(line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .map(width -> Math.max(1, (width + columns - 1) / columns))
                .sum();
    }

    @Override
    public void close() {
        shown = List.of();
    }
}
