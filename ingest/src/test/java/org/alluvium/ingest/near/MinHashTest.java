package org.alluvium.ingest.near;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinHashTest {

    private static final int SIZE = 112;
    private static final BigInteger PRIME = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);

    /** A text, its words, and the signature of their runs of five; see the folder's README. */
    record Golden(String text, String words, List<Long> signature) {}

    @Test
    void theFunctionsAreThoseOfNumPysGenerator() {
        MersenneTwister random = new MersenneTwister(1);
        long[] factors = LongStream.generate(() -> 1 + random.nextUpTo((1L << 61) - 3))
                .limit(SIZE)
                .toArray();
        long[] summands = LongStream.generate(() -> random.nextUpTo((1L << 61) - 2))
                .limit(SIZE)
                .toArray();

        assertThat(factors)
                .startsWith(775169054918279404L, 1758426461858698313L)
                .endsWith(223865076026037746L);
        assertThat(summands)
                .startsWith(1062448801025099917L, 1324811268927594100L)
                .endsWith(1097409548522419201L);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void wordsAndSignatureAreThoseOfDatatrove(Golden golden) {
        SimplifiedText text = SimplifiedText.of(golden.text());

        assertThat(text).hasToString(golden.words());
        assertThat(Arrays.stream(new MinHash(SIZE, 1).signature(text.shingles(5)))
                        .boxed())
                .containsExactlyElementsOf(golden.signature());
    }

    @Property
    void everyValueIsTheLeastOfItsFunction(@ForAll @Size(max = 9) long[] hashes) {
        MinHash functions = new MinHash(5, 7);
        MersenneTwister random = new MersenneTwister(7);
        long[] factors = LongStream.generate(() -> 1 + random.nextUpTo((1L << 61) - 3))
                .limit(5)
                .toArray();

        long[] signature = functions.signature(hashes);

        for (int i = 0; i < 5; i++) {
            long factor = factors[i];
            BigInteger summand = BigInteger.valueOf(random.nextUpTo((1L << 61) - 2));
            BigInteger least = Arrays.stream(hashes)
                    .mapToObj(h -> value(h, BigInteger.valueOf(factor), summand))
                    .min(BigInteger::compareTo)
                    .orElse(PRIME);
            assertThat(BigInteger.valueOf(signature[i])).isEqualTo(least);
        }
    }

    private static BigInteger value(long hash, BigInteger factor, BigInteger summand) {
        BigInteger machine = BigInteger.TWO.pow(64);
        return BigInteger.valueOf(hash)
                .multiply(factor)
                .add(summand)
                .mod(machine)
                .mod(PRIME);
    }

    static List<Golden> goldens() {
        ObjectMapper json = new ObjectMapper();
        List<Golden> goldens = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(MinHashTest.class.getResourceAsStream("minhash.txt"), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                goldens.add(new Golden(
                        json.readValue(text, String.class),
                        json.readValue(lines.readLine(), String.class),
                        Arrays.stream(lines.readLine().split(" "))
                                .map(hex -> Long.parseLong(hex, 16))
                                .toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return goldens;
    }
}
