package org.alluvium.ingest.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the texts here, what is to be found stands between ⟦ and ⟧. */
class PiiScannerTest {

    private final PiiScanner scanner = new PiiScanner(EnumSet.allOf(PiiType.class), Set.of());

    private void assertFound(String kind, String marked) {
        String text = marked.replaceAll("[⟦⟧]", "");
        List<PiiSpan> spans = scanner.scan(text);
        StringBuilder found = new StringBuilder(text);
        for (int i = spans.size() - 1; i >= 0; i--) {
            found.insert(spans.get(i).end(), '⟧').insert(spans.get(i).start(), '⟦');
        }
        assertThat(found).hasToString(marked);
        assertThat(spans).extracting(PiiSpan::kind).containsOnly(kind);
    }

    private void assertNothing(String text) {
        assertThat(scanner.scan(text)).as(text).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to ⟦a.b+c@mail.example.co.uk⟧.",
                "联系邮箱：⟦bright.quartz18@pine.de⟧请联系",
                "<⟦john_doe-1985@x-y.org⟧>, (⟦JM@NETNOTEINC.COM⟧)",
                "?email=⟦jm@site.info⟧&x=1 and mailto:⟦o'neil@site.info⟧",
                "⟦13800138000@qq.com⟧"
            })
    void mailAddressesAreFound(String text) {
        assertFound("email", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user@host",
                "@Override",
                "icon@2x.png",
                "getty@tty1.service",
                "a@1.2.3",
                "a..b@example.com",
                "a @ b.com",
                "x@-.de",
                "é@example.com",
                "root@box.localdomain"
            })
    void whatOnlyLooksLikeAMailAddressIsNot(String text) {
        assertNothing(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tel. ⟦555-0126⟧",
                "Call us at ⟦555-0151⟧ today",
                "Phone: ⟦+1 (555) 0162-9987⟧",
                "⟦+44 20 7946 0911⟧",
                "手机：⟦13969072262⟧",
                "⟦138-1234-5678⟧",
                "电话 ⟦010-62345678⟧",
                "⟦+8613800138000⟧",
                "⟦+49 (89) 926 99 0⟧.",
                "⟦(541)482-1285⟧ or ⟦1-800-753-7690⟧ or ⟦954.757.3869⟧",
                "⟦020 7946 0911⟧",
                "⟦01 23 45 67 89⟧",
                "⟦03-1234-5678⟧",
                "⟦(11) 91234-5678⟧",
                "⟦(0161) 496 0000⟧",
                "⟦8 (495) 123-45-67⟧",
                "TEL: ⟦31 205241510⟧ FAX: ⟦31 205241590⟧",
                "⟦0044 20 7946 0911⟧",
                "Telefon: ⟦0171/1234567⟧",
                "テル 電話⟦06-6123-4567⟧",
                "Fax: ⟦+47 - 22434497⟧",
                "モバイル ⟦090-1234-5678⟧",
                "Тел.: ⟦123-45-67⟧"
            })
    void telephoneNumbersAreFound(String text) {
        assertFound("phone", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-05 10:11:12",
                "from 1990-2000",
                "555-0126",
                "ISBN 0-306-40615-2",
                "1 234 567 890",
                "call f(12345678)",
                "1700000000000",
                "id 1381381381",
                "00 01 02 03 04 05 06 07 08 09 0a",
                "+20021004",
                "C++11 2007",
                "0010 0010 0110 0000",
                "text/swriter/00/00000404.xhp",
                "/13812345678.html",
                "(2004) 123-145",
                "hotel 1234567",
                "12345.67890123",
                "0020 0308 0342",
                "[.0020.0002.0001]",
                "0.001 388 449 19",
                "17037648000*p",
                "+2.00000000",
                "doi:10.1016/0020-0190(74)90003-9",
                "contact-id 11111111-2222-3333-4444-1234",
                "phones 1990 - 2004"
            })
    void otherNumbersAreNoTelephoneNumbers(String text) {
        assertNothing(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Posted from ⟦142.21.180.20⟧\n",
                "http://⟦157.237.128.20⟧/optout",
                "来自⟦23.36.138.253⟧的",
                "DNS ⟦8.8.8.8⟧, ⟦81.41.250.172⟧:80",
                "(⟦100.63.255.255⟧; ⟦172.15.0.1⟧; ⟦172.32.0.1⟧; ⟦223.255.255.254⟧; ⟦198.51.99.1⟧)"
            })
    void publicAddressesAreFound(String text) {
        assertFound("ipv4", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.0.12",
                "172.16.0.1",
                "172.31.255.255",
                "100.64.0.1",
                "169.254.1.1",
                "0.1.2.3",
                "192.0.2.77",
                "198.51.100.77",
                "203.0.113.77",
                "198.18.0.77",
                "224.0.0.77",
                "255.255.255.0",
                "256.77.77.77",
                "81.41.250.072",
                "1.2.3.4.77",
                "version 81.41.250.172",
                "v81.41.250.172",
                "6.3.1.1. Boot",
                "oid 2.5.4.44",
                "HTML 8.2.4.44",
                "see section 99.77.5.4",
                "81.41.250.172-3",
                "81.41.250"
            })
    void privateAddressesVersionsAndSectionsAreNot(String text) {
        assertNothing(text);
    }

    @Test
    void globalVersion6AddressesAreFound() {
        assertFound("ipv6", "Client ⟦2a01:4f8:4158:e048::9834⟧, [⟦2606:4700:4700:0:0:0:0:1111⟧]:53 and ⟦2A00::⟧.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fe80::1",
                "::1",
                "2001:db8::1",
                "2001:0:53aa::1",
                "2002:c000:204::1",
                "3fff:0::1",
                "2024:10:11",
                "23:59:59",
                "face::add",
                "2a01:4f8:1",
                "2a01::4f8::1",
                "2a01:1:2:3:4:5:6:7:8",
                "204::]"
            })
    void otherVersion6AddressesAreNot(String text) {
        assertNothing(text);
    }

    @Test
    void accountNumbersAreFoundByTheirCheckSum() {
        assertFound(
                "iban", "IBAN ⟦DE89370400440532013000⟧, ⟦GB82 WEST 1234 5698 7654 32⟧, ⟦FR1420041010050500013M02606⟧");
        assertNothing("DE88370400440532013000 XX89370400440532013000 DE8937040044053201300 ADE89370400440532013000");
    }

    @Test
    void cardNumbersAreFoundByIssuerLengthAndCheckDigit() {
        assertFound(
                "credit_card",
                "⟦4111111111111111⟧ ⟦4111 1111 1111 1111⟧, ⟦5555-5555-5555-4444⟧; ⟦378282246310005⟧ exp 09/27");
        assertFound(
                "credit_card",
                "⟦3782 822463 10005⟧, ⟦30569309025904⟧, ⟦6011111111111117⟧, ⟦3530111333300000⟧, ⟦2223003122003222⟧");
        assertNothing(
                "4111111111111112, 1111111111111117, 4111 1111 1111 1111 1111 1111, x4111111111111111, 0.4111111111111111");
        assertNothing("5411 5412 5413 5414 5415 5416 5417; 52DE 4111 1111 1111 1111; 4111 1111 1111 1111 52DE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE aws_key",
                "ASIAIOSFODNN7EXAMPLE aws_key",
                "AIzaSyA1234567890abcdefghijklmnopqrstu- google_key",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a github_token",
                "github_pat_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789abcdefghij github_token",
                "xoxb-1234567890-abcdefghijklmnop slack_token",
                "glpat-a1b2c3d4e5f6g7h8i9j0 gitlab_token",
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc stripe_key",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P jwt"
            })
    void tokensAreFoundByTheirPrefixes(String tokenAndKind) {
        String[] parts = tokenAndKind.split(" ", -1);
        assertFound(parts[1], "the key is \"⟦" + parts[0] + "⟧\", keep it");
    }

    @Test
    void privateKeysAreFoundAsAWhole() {
        assertFound(
                "private_key",
                "key:\n⟦-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----⟧\nend");
        assertNothing("-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEA\n-----END CERTIFICATE-----");
    }

    @Test
    void whatLooksRandomBehindASecretNameIsFound() {
        assertFound("named_secret", "api_key = \"⟦Zx81kQ0pLm3Rt7Vw9YbN⟧\"");
        assertFound("named_secret", "\"clientSecret\": '⟦q7Ab/9+dEf0GhI1jKl2MnO==⟧',");
        assertNothing(
                "api_key = your_api_key_goes_here; token: the-first-token-of-the-line; hash = Zx81kQ0pLm3Rt7Vw9YbN");
        assertNothing("next_token = self.route53resolver_backend.list_tags_for_resource");
    }

    @Test
    void onlyWhatIsAskedForIsFound() {
        String text = "a@b.de, +44 20 7946 0911, 4111111111111111";

        assertThat(new PiiScanner(Set.of(PiiType.EMAIL), Set.of()).scan(text))
                .extracting(PiiSpan::type)
                .containsExactly(PiiType.EMAIL);
        assertThat(new PiiScanner(Set.of(), Set.of()).scan(text)).isEmpty();
    }

    @Property
    void spansAreInOrderAndDoNotOverlapWhateverTheText(@ForAll String text) {
        int end = 0;
        for (PiiSpan span : scanner.scan(text)) {
            assertThat(span.start()).isGreaterThanOrEqualTo(end);
            end = span.end();
        }
        assertThat(end).isLessThanOrEqualTo(text.length());
    }
}
