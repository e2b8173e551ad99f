package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.alluvium.cli.scale.Sheet;
import org.alluvium.cli.scale.SheetFile;
import picocli.CommandLine.Option;

/** Whose figures an estimate begins with, and how it is printed. */
final class SheetOptions {

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "YAML with values of inputs: 'inputs: {NAME: {value: NUMBER, source: TEXT}}'.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of an input, in its unit. Can be repeated.")
    private Map<String, Double> values = Map.of();

    @Option(names = "--json", description = "Print JSON, with every input and its source.")
    private boolean json;

    /** The sheet with the values that were given; an option wins over the file. */
    Sheet on(Sheet sheet) {
        Sheet filed = file == null ? sheet : SheetFile.overlay(sheet, file);
        return filed.with(values, "--set");
    }

    boolean json() {
        return json;
    }
}
