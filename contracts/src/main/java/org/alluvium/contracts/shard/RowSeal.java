package org.alluvium.contracts.shard;

import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.alluvium.contracts.store.Sha256;

/** What makes a row a leaf of its shard's Merkle tree. Immutable. */
public sealed interface RowSeal {

    /** In hexadecimal digits. */
    String hex();

    /**
     * Of a row that is there: random bytes, which are a part of its leaf. Whoever has the leaf of a document that was taken down,
     * and would like to know whether it was a certain text, would have to guess these as well; they are destroyed with the row.
     *
     * @param hex {@value #BYTES} bytes in hexadecimal digits
     */
    record Salt(String hex) implements RowSeal {

        public static final int BYTES = 16;

        public Salt {
            require(hex, 2 * BYTES);
        }

        /** A salt that was not there before. */
        public static Salt draw(RandomGenerator random) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return new Salt(HexFormat.of().formatHex(bytes));
        }
    }

    /**
     * Of the hole that a row has left: what its leaf was.
     *
     * @param hex digest of the leaf
     */
    record Leaf(String hex) implements RowSeal {

        public static final int BYTES = 32;

        public Leaf {
            require(hex, Sha256.HEX_DIGITS);
        }
    }

    private static void require(String hex, int digits) {
        if (!Pattern.matches("[0-9a-f]{" + digits + "}", hex)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "not %d lower-case hexadecimal digits: %s", digits, hex));
        }
    }
}
