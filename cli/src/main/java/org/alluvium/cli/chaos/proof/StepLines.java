package org.alluvium.cli.chaos.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.StorageException;

/** The lines of a journal's steps that no line about takedowns has made void. Pure but for reading. */
public final class StepLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StepLines() {}

    /** Whether two journals have the same ones. */
    public static Claim same(Path one, Path other) {
        List<String> ours = of(one);
        List<String> theirs = of(other);
        List<String> different = new ArrayList<>();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()) && different.isEmpty(); i++) {
            if (i >= ours.size() || i >= theirs.size() || !ours.get(i).equals(theirs.get(i))) {
                different.add("line of step " + (i + 1));
            }
        }
        return Claim.unless(
                one.getFileName() + " has the lines of the undisturbed run, but for what was undone",
                ours.size() + " steps",
                different);
    }

    private static List<String> of(Path journal) {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(journal)) {
            return lines;
        }
        try (BufferedReader in = Files.newBufferedReader(journal)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode takedown = JSON.readTree(line).path("takedown");
                if (takedown.isObject()) {
                    int kept = takedown.get("afterStep").asInt();
                    lines.subList(Math.min(kept, lines.size()), lines.size()).clear();
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
        return lines;
    }
}
