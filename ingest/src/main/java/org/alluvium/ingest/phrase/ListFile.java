package org.alluvium.ingest.phrase;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/**
 * A list that a user keeps: UTF-8, one entry a line, white space around it left out; empty lines and those that begin with
 * {@code #} mean nothing.
 */
public final class ListFile {

    private ListFile() {}

    /**
     * The entries of some files together, each once, in their order.
     *
     * @param form what an entry is compared as; entries that it leaves empty are left out
     * @throws org.alluvium.contracts.error.AlluviumException if a file cannot be read
     */
    public static Set<String> read(List<Path> files, UnaryOperator<String> form) {
        Set<String> entries = new LinkedHashSet<>();
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    String entry = line.startsWith("#") ? "" : form.apply(line.strip());
                    if (!entry.isEmpty()) {
                        entries.add(entry);
                    }
                }
            } catch (MalformedInputException e) {
                throw new DataException("the list is not UTF-8", file.toString(), "Store it as UTF-8", e);
            } catch (IOException e) {
                throw StorageException.of("read the list", file, e);
            }
        }
        return entries;
    }
}
