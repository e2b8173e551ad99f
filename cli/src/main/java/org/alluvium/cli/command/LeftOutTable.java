package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.List;
import org.alluvium.cli.view.DashboardSnapshot.LeftOutDocument;
import org.alluvium.cli.view.Units;

/**
 * The documents that a run leaves out since spikes were put down to them.
 *
 * @param documents in the order in which they were left out
 */
record LeftOutTable(List<LeftOutDocument> documents) {

    /** More would push the rest of the status off the screen. */
    private static final int MOST_ROWS = 20;

    /** Prints a row per document, the newest ones if there are many; nothing if there is none. */
    void print(PrintWriter out) {
        if (documents.isEmpty()) {
            return;
        }
        int before = Math.max(0, documents.size() - MOST_ROWS);
        Table table = new Table("left out", "id", "origin", "from step", "nats/token");
        documents
                .subList(before, documents.size())
                .forEach(document -> table.add(
                        document.source(),
                        document.id(),
                        document.origin(),
                        Units.count(document.fromStep()),
                        Units.decimal(document.lossPerToken(), 3)));
        out.println();
        table.print(out);
        if (before > 0) {
            out.println(Units.count(before) + " more before them; --json names all");
        }
    }
}
