package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a value was written: in a file, on the command line, or in the defaults.
 *
 * @param label the file's name, or words for where else it is
 * @param base folder that relative paths written there are relative to
 * @param line from 1, or 0 where there are no lines
 * @param column from 1, or 0 where there are no lines
 */
record Position(String label, Path base, int line, int column) {

    /** Where a key stands, or if it is absent, the nearest group around it that is not. */
    static Optional<Position> nearest(String key, Map<String, Position> positions) {
        String path = key;
        while (!positions.containsKey(path) && path.contains(".")) {
            path = path.substring(0, path.lastIndexOf('.'));
        }
        return Optional.ofNullable(positions.get(path));
    }

    /** The same place with another line and column. */
    Position at(int newLine, int newColumn) {
        return new Position(label, base, newLine, newColumn);
    }

    @Override
    public String toString() {
        return line == 0 ? label : label + ":" + line + ":" + column;
    }
}
