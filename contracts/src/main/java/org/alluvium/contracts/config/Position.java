package org.alluvium.contracts.config;

import java.nio.file.Path;

/**
 * Where a value was written: in a file, on the command line, or in the defaults.
 *
 * @param label the file's name, or words for where else it is
 * @param base folder that relative paths written there are relative to
 * @param line from 1, or 0 where there are no lines
 * @param column from 1, or 0 where there are no lines
 */
record Position(String label, Path base, int line, int column) {

    /** The same place with another line and column. */
    Position at(int newLine, int newColumn) {
        return new Position(label, base, newLine, newColumn);
    }

    @Override
    public String toString() {
        return line == 0 ? label : label + ":" + line + ":" + column;
    }
}
