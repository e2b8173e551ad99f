package org.alluvium.ingest.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.alluvium.ingest.pii.span.PiiType;

/** Every value that has the form and the check digits is found, whole and as what it is, between words of any script. */
class PiiScannerProperties {

    private static final List<String> AROUND =
            List.of("%s", "Ünder %s, so.", "号码%s。", "a (%s) b", "\n%s\n", "“%s”", "the %s exp 09/27", "номер %s;");

    private final PiiScanner scanner = new PiiScanner(EnumSet.allOf(PiiType.class), Set.of());

    @Property
    void cards(@ForAll("cards") String card, @ForAll("around") String around) {
        assertFound(PiiType.CREDIT_CARD, card, around);
    }

    @Property
    void accounts(@ForAll("accounts") String account, @ForAll("around") String around) {
        assertFound(PiiType.IBAN, account, around);
    }

    @Property
    void chineseIds(@ForAll("chineseIds") String id, @ForAll("around") String around) {
        assertFound(PiiType.NATIONAL_ID, id, around);
    }

    @Property
    void telephones(@ForAll("telephones") String number, @ForAll("around") String around) {
        assertFound(PiiType.PHONE, number, around);
    }

    @Property
    void addresses(@ForAll("addresses") String address, @ForAll("around") String around) {
        assertFound(PiiType.IPV4, address, around);
    }

    @Property
    void longAddresses(@ForAll("longAddresses") String address, @ForAll("around") String around) {
        assertFound(PiiType.IPV6, address, around);
    }

    @Property
    void mail(@ForAll("mail") String address, @ForAll("around") String around) {
        assertFound(PiiType.EMAIL, address, around);
    }

    private void assertFound(PiiType type, String value, String around) {
        String text = around.formatted(value);
        assertThat(scanner.scan(text)).as(text).singleElement().satisfies(span -> {
            assertThat(span.type()).isEqualTo(type);
            assertThat(span.in(text)).isEqualTo(value);
        });
    }

    @Provide
    Arbitrary<String> around() {
        return Arbitraries.of(AROUND);
    }

    @Provide
    Arbitrary<String> cards() {
        Arbitrary<String> sixteen = Arbitraries.of("4", "51", "55", "2221", "2720", "6011", "65", "3528", "62", "2202")
                .flatMap(prefix -> digits(15 - prefix.length()).map(rest -> luhn(prefix + rest)));
        Arbitrary<String> american =
                Arbitraries.of("34", "37").flatMap(prefix -> digits(12).map(rest -> luhn(prefix + rest)));
        Arbitrary<String> groups = Combinators.combine(sixteen, Arbitraries.of(" ", "-"))
                .as((card, separator) -> card.replaceAll("(.{4})(?=.)", "$1" + separator));
        return Arbitraries.oneOf(sixteen, american, groups);
    }

    private static String luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
        }
        return digits + (10 - sum % 10) % 10;
    }

    @Provide
    Arbitrary<String> accounts() {
        Arbitrary<String> german = digits(18).map(account -> iban("DE", account));
        Arbitrary<String> british = digits(14).map(account -> iban("GB", "WEST" + account));
        Arbitrary<String> french = digits(22).map(account -> iban("FR", account + 'A'));
        Arbitrary<String> any = Arbitraries.oneOf(german, british, french);
        return Arbitraries.oneOf(any, any.map(account -> account.replaceAll("(.{4})(?=.)", "$1 ")));
    }

    private static String iban(String country, String account) {
        StringBuilder number = new StringBuilder();
        (account + country + "00").chars().forEach(c -> number.append(Character.digit(c, 36)));
        int remainder =
                new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
        return country + String.format(Locale.ROOT, "%02d", 98 - remainder) + account;
    }

    @Provide
    Arbitrary<String> chineseIds() {
        return Combinators.combine(
                        Arbitraries.of("110101", "310115", "440305", "820001"),
                        Arbitraries.integers().between(1900, 2024),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 28),
                        digits(3))
                .as((region, year, month, day, order) ->
                        checked(region + String.format(Locale.ROOT, "%d%02d%02d", year, month, day) + order));
    }

    private static String checked(String digits) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (digits.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return digits + "10X98765432".charAt(sum % 11);
    }

    @Provide
    Arbitrary<String> telephones() {
        return Arbitraries.oneOf(
                digits(3).map(n -> "+44 20 7946 0" + n),
                digits(4).map(n -> "+1 (555) 0162-" + n),
                digits(8).map(n -> "+49 171 " + n),
                digits(8).map(n -> "+86139" + n),
                digits(8).map(n -> "138" + n),
                digits(4).map(n -> "(212) 555-" + n),
                digits(4).map(n -> "212-555-" + n),
                digits(4).map(n -> "090-1234-" + n));
    }

    @Provide
    Arbitrary<String> addresses() {
        return Combinators.combine(
                        Arbitraries.of(1, 8, 23, 45, 81, 142, 203, 223),
                        Arbitraries.integers().between(32, 255),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 255))
                .as((a, b, c, d) -> a + "." + b + "." + c + "." + d);
    }

    @Provide
    Arbitrary<String> longAddresses() {
        Arbitrary<String> group = Arbitraries.integers().between(0, 0xFFFF).map(Integer::toHexString);
        Arbitrary<String> full = group.list().ofSize(7).map(rest -> "2a01:" + String.join(":", rest));
        Arbitrary<String> gap = Combinators.combine(
                        group.list().ofMinSize(1).ofMaxSize(3), group.list().ofMaxSize(3))
                .as((head, tail) -> "2a01:" + String.join(":", head) + "::" + String.join(":", tail));
        return Arbitraries.oneOf(full, gap);
    }

    @Provide
    Arbitrary<String> mail() {
        Arbitrary<String> word =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> local = Combinators.combine(word, Arbitraries.of(".", "_", "+", "-"), word, digits(2))
                .as((first, sign, second, number) -> first + sign + second + number);
        Arbitrary<String> domain = Combinators.combine(word, Arbitraries.of("com", "de", "co.uk", "cn", "museum"))
                .as((name, top) -> name + "." + top);
        return Combinators.combine(local, domain).as((user, host) -> user + "@" + host);
    }

    private static Arbitrary<String> digits(int count) {
        return Arbitraries.strings().withCharRange('0', '9').ofLength(count);
    }
}
