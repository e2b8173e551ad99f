package org.alluvium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainStepBenchmarkTest {

    @Test
    void checksFirstThenReportsSpeedAndWhereTheTimeWent() {
        StringWriter output = new StringWriter();
        int code = new CommandLine(new TrainStepBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(output))
                .execute(
                        "--set=model.preset=tiny",
                        "--set=train.batch=2",
                        "--vocabulary=100",
                        "--warm-up=1",
                        "--steps=3",
                        "--threads=1");
        assertThat(code).isZero();
        assertThat(output.toString())
                .contains("correct")
                .contains("tokens/s: median")
                .contains("MFU")
                .contains("bytes on the heap")
                .contains("attentionBackward")
                .contains("the fraction of the GEMM bound");
    }
}
