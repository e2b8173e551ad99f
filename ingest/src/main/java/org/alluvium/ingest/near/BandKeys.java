package org.alluvium.ingest.near;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Serializable;
import org.alluvium.contracts.config.NearDedupConfig;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.ingest.body.Body;

/**
 * Locality-sensitive hashing of texts (Indyk, Motwani 1998, with the bands of Broder's signatures): a signature is cut into
 * bands, and texts of which any band is equal are taken for near-duplicates. With b bands of r values, texts of Jaccard
 * similarity s meet with probability 1 - (1 - s^r)^b.
 *
 * <p>A band's key is 64 bits of its values and its number, frozen like everything that keyed state remembers. Among n texts
 * the bands of one meet another's by chance with probability b² n / 2^64: with 14 bands and 10^9 texts, 10 in 10^9.
 *
 * <p>Immutable and thread-safe.
 */
public final class BandKeys {

    private static final Hasher64 KEYS = Hashing.xxh3_64();

    private final Bands bands;
    private final Compare compare;
    private final MinHash functions;

    /**
     * How texts are compared.
     *
     * @param words in each of the overlapping runs whose set is compared, at least 1
     * @param number of bands, at least 1
     * @param rows values in a band, at least 1
     * @param seed of the hash functions
     */
    public record Bands(int words, int number, int rows, int seed) implements Serializable {

        /** As FineWeb was made: 5 words, 14 bands of 8 values, seed 1. */
        public static final Bands FINEWEB = new Bands(5, 14, 8, 1);

        /** Those of a configuration. */
        public static Bands of(NearDedupConfig config) {
            return new Bands(config.words(), config.bands(), config.rows(), config.seed());
        }

        /** The probability that two texts meet. */
        public double probability(double jaccard) {
            return 1 - Math.pow(1 - Math.pow(jaccard, rows), number);
        }
    }

    /**
     * Draws the hash functions.
     *
     * @param compare what of a text has the keys: all of it, or its {@link Body}
     */
    public BandKeys(Bands bands, Compare compare) {
        this.bands = bands;
        this.compare = compare;
        this.functions = new MinHash(bands.number() * bands.rows(), bands.seed());
    }

    /**
     * The keys of a text, one a band; none if what is compared has too few words, or more numbers than letters: since
     * all numbers count as the same, tables that have nothing in common would be alike.
     */
    public long[] of(String text) {
        String compared = switch (compare) {
            case WHOLE -> text;
            case BODY -> Body.of(text);
        };
        SimplifiedText words = SimplifiedText.of(compared);
        long[] shingles = words.shingles(bands.words());
        return shingles.length == 0 || words.mostlyNumbers() ? new long[0] : keys(functions.signature(shingles));
    }

    private long[] keys(long[] signature) {
        long[] keys = new long[bands.number()];
        for (int band = 0; band < keys.length; band++) {
            HashStream64 key = KEYS.hashStream().putInt(band);
            for (int row = 0; row < bands.rows(); row++) {
                key.putLong(signature[band * bands.rows() + row]);
            }
            keys[band] = key.getAsLong();
        }
        return keys;
    }
}
