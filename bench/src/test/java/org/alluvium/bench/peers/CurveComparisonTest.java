package org.alluvium.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CurveComparisonTest {

    @TempDir
    private Path folder;

    private RunLayout run;

    @BeforeEach
    void writeOurRun() throws IOException {
        run = new RunLayout(folder.resolve("run")).create();
        Files.write(
                run.journal(),
                List.of("{\"step\":1,\"loss\":4.0}", "{\"step\":2,\"loss\":3.03}", "{\"step\":3,\"loss\":2}"));
        Files.write(
                run.events(),
                List.of(
                        "{\"type\":\"start\"}",
                        "{\"type\":\"step\",\"step\":1,\"loss\":4.0,\"tokensPerSecond\":100}",
                        "{\"type\":\"step\",\"step\":2,\"loss\":3.03,\"tokensPerSecond\":300}"));
    }

    @Test
    void stepsThatBothHaveAreComparedAndTheFirstAreNotTimed() throws IOException {
        String report = compare(
                "{\"step\":1,\"loss\":4.0,\"tokensPerSecond\":1}", "{\"step\":2,\"loss\":3.0,\"tokensPerSecond\":200}");
        assertThat(report)
                .containsPattern("1 to +2 +1.0e-02")
                .contains("3.51500, PyTorch 3.50000")
                .contains("300, PyTorch 200 (ratio 1.50)");
        assertThat(folder.resolve("curve.csv")).hasContent("""
                        step,loss,torchLoss,relativeDifference,tokensPerSecond,torchTokensPerSecond
                        1,4.0000000,4.0000000,0.00e+00,100,1
                        2,3.0300000,3.0000000,1.00e-02,300,200
                        """);
    }

    private String compare(String... torch) throws IOException {
        Path theirs = Files.write(folder.resolve("torch.jsonl"), List.of(torch));
        StringWriter out = new StringWriter();
        int code = new CommandLine(new CurveComparison())
                .setOut(new PrintWriter(out))
                .execute(
                        "--warm-up=1",
                        run.root().toString(),
                        theirs.toString(),
                        folder.resolve("curve.csv").toString());
        assertThat(code).isZero();
        return out.toString();
    }
}
