package org.alluvium.ingest.warc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {

    private static final String HTML = "<p>layer after layer</p>";

    private static HttpResponse response(String fields, byte[] body) throws MalformedMessageException {
        return HttpResponse.parse(
                WarcFixtures.join(("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n").getBytes(UTF_8), body));
    }

    private static String content(String fields, byte[] body) throws MalformedMessageException {
        return new String(response(fields, body).content(), UTF_8);
    }

    @Test
    void statusAndTypeAreRead() throws MalformedMessageException {
        HttpResponse response = response("content-TYPE:  Text/HTML ; Charset=\"KOI8-R\"", new byte[0]);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.contentType().name()).isEqualTo("text/html");
        assertThat(response.contentType().charset()).contains("KOI8-R");
    }

    @Test
    void aFieldMayGoOnInTheNextLineAndLinesMayEndWithoutCarriageReturn() throws MalformedMessageException {
        HttpResponse response = HttpResponse.parse(
                "HTTP/1.0 301 Moved\nContent-Type: text/html;\n\tcharset=utf-8\n\nbody".getBytes(UTF_8));
        assertThat(response.isRedirect()).isTrue();
        assertThat(response.contentType().charset()).contains("utf-8");
        assertThat(response.body()).isEqualTo("body".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nno end", "ICY 200 OK\r\n\r\n", "HTTP/1.1 OK\r\n\r\n"})
    void whatIsNoResponseIsRefused(String block) {
        assertThatThrownBy(() -> HttpResponse.parse(block.getBytes(UTF_8)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void chunksAreJoined() throws MalformedMessageException {
        String body = "3;name=value\r\n<p>\r\nD\r\nlayer after l\r\n8\r\nayer</p>\r\n0\r\nTrailer: x\r\n\r\n";
        assertThat(content("Transfer-Encoding: gzip, Chunked", body.getBytes(UTF_8)))
                .isEqualTo(HTML);
    }

    @Test
    void chunksThatAreCutShortYieldWhatIsThere() throws MalformedMessageException {
        assertThat(content("Transfer-Encoding: chunked", "3\r\n<p>\r\nD\r\nlayer".getBytes(UTF_8)))
                .isEqualTo("<p>layer");
    }

    @Test
    void whatTheCrawlerHadDecodedStaysAsItIs() throws MalformedMessageException {
        assertThat(content("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", HTML.getBytes(UTF_8)))
                .isEqualTo(HTML);
        assertThat(content("Content-Encoding: br", HTML.getBytes(UTF_8))).isEqualTo(HTML);
    }

    @Test
    void everyContentCodingOfTheWebIsDecoded() throws IOException, MalformedMessageException {
        byte[] brotli = Base64.getDecoder().decode("iwuAPHA+bGF5ZXIgYWZ0ZXIgbGF5ZXI8L3A+Aw==");
        assertThat(content("Content-Encoding: br", brotli)).isEqualTo(HTML);
        assertThat(content("Content-Encoding: gzip", gzip(HTML.getBytes(UTF_8))))
                .isEqualTo(HTML);
        assertThat(content("Content-Encoding: zstd", Zstd.compress(HTML.getBytes(UTF_8))))
                .isEqualTo(HTML);
        assertThat(content("Content-Encoding: deflate", deflate(false))).isEqualTo(HTML);
        assertThat(content("Content-Encoding: deflate", deflate(true))).isEqualTo(HTML);
        assertThat(content("Content-Encoding: identity, x-gzip", gzip(HTML.getBytes(UTF_8))))
                .isEqualTo(HTML);
    }

    @Test
    void aBodyThatCannotBeDecodedIsRefused() throws IOException {
        byte[] cut = gzip(HTML.getBytes(UTF_8));
        cut[12] ^= 0x55;
        assertThatThrownBy(() -> content("Content-Encoding: gzip", cut)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> content("Content-Encoding: compress", cut))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("compress");
    }

    @Test
    void aFewBytesThatInflateToGigabytesAreRefused() throws IOException {
        byte[] bomb = gzip(new byte[ContentCoding.MAX_CONTENT_BYTES + 1]);
        assertThat(bomb.length).isLessThan(100_000);
        assertThatThrownBy(() -> content("Content-Encoding: gzip", bomb))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("inflates");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(HTML.getBytes(UTF_8));
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
