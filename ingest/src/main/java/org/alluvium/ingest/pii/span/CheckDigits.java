package org.alluvium.ingest.pii.span;

/**
 * Check sums over decimal digits. Every method takes values from 0 to 9, the most significant first; check digits are among
 * them.
 */
public final class CheckDigits {

    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    /** Luhn's formula (ISO/IEC 7812-1, annex B). */
    public static boolean luhn(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** Verhoeff's scheme (1969), which India's Aadhaar uses. */
    public static boolean verhoeff(int[] digits, int count) {
        int check = 0;
        for (int i = 0; i < count; i++) {
            check = DIHEDRAL[check][permuted(digits[count - 1 - i], i % 8)];
        }
        return check == 0;
    }

    private static int permuted(int digit, int times) {
        int result = digit;
        for (int i = 0; i < times; i++) {
            result = PERMUTATION[result];
        }
        return result;
    }

    /** ISO 7064 MOD 11,10, which Germany's tax number uses. */
    public static boolean mod11And10(int[] digits, int count) {
        int product = 10;
        for (int i = 0; i < count - 1; i++) {
            int sum = (digits[i] + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits[count - 1];
    }

    /** The digits weighted one by one; as many as there are weights. */
    public static int weighted(int[] digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digits[i] * weights[i];
        }
        return sum;
    }

    /** The number that the digits from one place up to another are. */
    public static long number(int[] digits, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + digits[i];
        }
        return number;
    }

    /** Whether month and day can be those of a date; February may have 29 days in any year. */
    public static boolean isDayOfYear(int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        int last = switch (month) {
            case 2 -> 29;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
        return day <= last;
    }
}
