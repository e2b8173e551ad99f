package org.alluvium.ingest.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.time.Instant;
import org.alluvium.ingest.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailMessageTest {

    private static MailMessage parse(String message, Charset charset) {
        try {
            return MailMessage.parse(message.replace("\n", "\r\n").getBytes(charset));
        } catch (NotMailException refused) {
            throw new AssertionError(refused);
        }
    }

    private static String text(String message) {
        return Normalizer.normalize(parse(message, UTF_8).text());
    }

    @Test
    void headersAreDecoded() {
        MailMessage message = parse("""
                Message-ID: <a.b@x.example>
                Subject: =?UTF-8?B?R3LDvMOfZQ==?= =?iso-8859-1?Q?_=FCber?=
                 alles
                Date: Mon, 6 May 2024 09:08:09 +0200 (CEST)
                Content-Language: de, en

                Text
                """, UTF_8);
        assertThat(message.messageId()).contains("a.b@x.example");
        assertThat(message.subject()).contains("Gr\u00fc\u00dfe \u00fcber alles");
        assertThat(message.dateMillis())
                .hasValue(Instant.parse("2024-05-06T07:08:09Z").toEpochMilli());
        assertThat(message.language()).contains("de");
    }

    @ParameterizedTest
    @CsvSource({
        "'Fri, 21 Nov 97 09:55:06 -0600', 1997-11-21T15:55:06Z",
        "'21 Nov 1997 09:55:06 GMT', 1997-11-21T09:55:06Z",
        "'Fri, 21 Nov 1997 09:55 EST', 1997-11-21T14:55:00Z",
    })
    void datesMayBeOld(String date, String expected) {
        assertThat(parse("From: a\nDate: " + date + "\n\nx", UTF_8).dateMillis())
                .hasValue(Instant.parse(expected).toEpochMilli());
    }

    @Test
    void aDateThatIsNoneIsLeftOut() {
        assertThat(parse("From: a\nDate: yesterday\n\nx", UTF_8).dateMillis()).isEmpty();
    }

    @Test
    void transferEncodingsAndCharsetsAreUndone() {
        assertThat(text("""
                From: a
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Gr=FC=DFe aus K=
                =F6ln
                """)).isEqualTo("Gr\u00fc\u00dfe aus K\u00f6ln");
        assertThat(text("""
                From: a
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                R3LDvMOfZQ==
                """)).isEqualTo("Gr\u00fc\u00dfe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-ascii", "utf-8", "no-such-charset", "bad charset"})
    void aWrongCharsetIsMended(String charset) {
        String message = "From: a\nContent-Type: text/plain; charset=\"" + charset + "\"\n\nGr\u00fc\u00dfe";
        assertThat(parse(message, ISO_8859_1).text()).isEqualTo("Gr\u00fc\u00dfe");
    }

    @Test
    void thePlainAlternativeIsRead() {
        assertThat(text("""
                From: a
                Content-Type: multipart/mixed; boundary=o

                --o
                Content-Type: multipart/alternative; boundary=i

                --i
                Content-Type: text/html

                <p>HTML</p>
                --i
                Content-Type: text/plain

                Plain
                --i--
                --o
                Content-Type: text/plain
                Content-Disposition: attachment; filename=a.txt

                Attached
                --o
                Content-Type: image/png
                Content-Transfer-Encoding: base64

                AAAA
                --o
                Content-Type: message/rfc822

                From: b
                Subject: inner

                Forwarded
                --o--
                """)).isEqualTo("Plain\n\nForwarded");
    }

    @Test
    void htmlAloneIsReadAsItsText() {
        assertThat(text("""
                From: a
                Content-Type: text/html; charset=utf-8

                <html><head><title>t</title><style>p {}</style></head><body><p>Hello&nbsp;<b>you</b>,</p>
                <ul><li>one<li>two</ul>a<br>b<pre>x
                  y</pre></body></html>
                """)).isEqualTo("Hello\u00a0you,\n\n- one\n- two\n\na\nb\n\nx\n  y");
    }

    @Test
    void theOuterHeaderCounts() {
        MailMessage message = parse("""
                Subject: outer
                Content-Type: message/rfc822

                Subject: inner

                Text
                """, UTF_8);
        assertThat(message.subject()).contains("outer");
    }

    @Test
    void flowedLinesAreJoined() {
        assertThat(text("""
                From: a
                Content-Type: text/plain; format=flowed

                One paragraph that
                flows.
                >> quoted\s
                >> twice\s
                > once
                --\s
                 From me
                """.replace("that\n", "that \n"))).isEqualTo("""
                One paragraph that flows.
                >> quoted twice
                > once
                --
                From me""");
    }

    @Test
    void aMessageThatIsCutIsReadAsFarAsItGoes() {
        assertThat(text("""
                From: a
                Content-Type: multipart/mixed; boundary=o

                --o
                Content-Type: text/plain

                Begun""")).isEqualTo("Begun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just text\n\nand more", "\u0000\u0001", "X-Other: field\n\ntext"})
    void whatHasNoHeaderOfAMessageIsRefused(String bytes) {
        assertThatThrownBy(() -> MailMessage.parse(bytes.getBytes(UTF_8))).isInstanceOf(NotMailException.class);
    }

    @Test
    void partsThatNestWithoutEndAreRefused() {
        StringBuilder message = new StringBuilder("From: a\n");
        for (int depth = 0; depth < 2000; depth++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(depth)
                    .append("\n\n--b")
                    .append(depth)
                    .append('\n');
        }
        assertThatThrownBy(() -> MailMessage.parse(message.toString().getBytes(UTF_8)))
                .isInstanceOf(NotMailException.class);
    }

    @Test
    void linesThatAMailboxQuotedLoseOneMark() {
        byte[] quoted = ">From a\n>>From b\n> From c\nx >From d\n>From".getBytes(UTF_8);
        assertThat(new String(MailMessage.unquoted(quoted), UTF_8))
                .isEqualTo("From a\n>From b\n> From c\nx >From d\n>From");
    }
}
