package org.alluvium.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A proof of every version of the format, kept for ever: every later verifier must find that it holds. Never to be made again. */
class GoldenProofTest {

    private static final String PROOF = "src/test/resources/org/alluvium/verifier/proof-v1.json";
    private static final String MANIFEST = "874163e0af80184f742534327af2f9d8b3fa6204d5aafdd61c1c2075d329d4f0";

    @Test
    void aProofThatWasHandedOutGoesOnToHold() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Verify.run(new String[] {PROOF, MANIFEST}, stream, stream)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("The proof holds: by step 600 the model had learned from document"
                        + " 3a1aae06b6d14ecdaa8b17e640460565.")
                .contains("tokens 0 to 205, in step 1", "row         43 of shards/");
    }
}
