package org.alluvium.cli.corpus;

import java.util.List;

/**
 * The state of a corpus.
 *
 * @param entries of the log that were looked at
 * @param files that they name and that were looked at
 * @param documents according to the entries that could be read
 * @param holes rows that were read and whose documents are taken down
 * @param tokens according to the entries that could be read
 * @param damages one message for each damage: where, what, what to do
 */
public record Verification(long entries, long files, long documents, long holes, long tokens, List<String> damages) {

    public Verification {
        damages = List.copyOf(damages);
    }

    public boolean isWhole() {
        return damages.isEmpty();
    }
}
