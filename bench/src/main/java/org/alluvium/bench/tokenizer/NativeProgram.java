package org.alluvium.bench.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a program of SentencePiece's to its end, and tells what it took; the shell's own clock of finished children is asked. */
final class NativeProgram {

    /** What a run took. */
    record Cost(double cpuSeconds, double wallSeconds) {}

    private NativeProgram() {}

    static boolean isInstalled(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + program + " > /dev/null")
                        .start()
                        .waitFor()
                == 0;
    }

    /**
     * Runs a command.
     *
     * @param in what it reads from standard input, if anything
     * @param out where its standard output goes
     */
    static Cost run(List<String> command, Optional<Path> in, Path out) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%U %S %R'; time \"$@\" 2>/dev/null", "time"));
        line.addAll(command);
        Process process = new ProcessBuilder(line)
                .redirectInput(in.map(path -> ProcessBuilder.Redirect.from(path.toFile()))
                        .orElse(ProcessBuilder.Redirect.PIPE))
                .redirectOutput(out.toFile())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
        String[] times = said.split(" ", 3);
        return new Cost(Double.parseDouble(times[0]) + Double.parseDouble(times[1]), Double.parseDouble(times[2]));
    }
}
