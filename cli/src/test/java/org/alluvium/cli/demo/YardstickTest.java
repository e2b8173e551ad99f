package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class YardstickTest {

    private static byte[] noise(int seed) {
        byte[] bytes = new byte[4000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void noiseNeedsEightBitsAByte() {
        assertThat(Yardstick.bitsPerByte(List.of(), List.of(noise(1)), Yardstick::gzip))
                .isBetween(8.0, 8.1);
    }

    @Test
    void whatHasJustBeenSeenNeedsNextToNothing() {
        assertThat(Yardstick.bitsPerByte(List.of(noise(1)), List.of(noise(1)), Yardstick::gzip))
                .isLessThan(0.2);
    }

    @Test
    void itIsTheDifferenceOfTwoStreamsOfTheHighestLevel() {
        byte[] before = "the house has voted on the report ".repeat(50).getBytes(StandardCharsets.UTF_8);
        byte[] text = "the report has been adopted by the house".getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[before.length + text.length];
        System.arraycopy(before, 0, both, 0, before.length);
        System.arraycopy(text, 0, both, before.length, text.length);
        // Both have the same header and trailer, so the difference is that of the deflated bytes.
        double expected = (deflated(both) - deflated(before)) * 8.0 / text.length;
        assertThat(Yardstick.bitsPerByte(List.of(before), List.of(text), Yardstick::gzip))
                .isEqualTo(expected);
    }

    private static int deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.size();
    }
}
