package org.alluvium.ingest.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.alluvium.ingest.warc.WarcFixtures.SEPARATOR;
import static org.alluvium.ingest.warc.WarcFixtures.join;
import static org.alluvium.ingest.warc.WarcFixtures.page;
import static org.alluvium.ingest.warc.WarcFixtures.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.ingest.frame.Scans.Found;
import org.alluvium.ingest.record.DeadLetterReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarcFramingTest {

    private static final long MAX_BYTES = 1000;
    private static final byte[] BETWEEN = SEPARATOR.getBytes(UTF_8);
    private static final byte[] FIRST = page("<p>one</p>");
    private static final byte[] SECOND =
            record("conversion", "text/plain", "zwei \u00fc\n\nWARC/1.0\r\n".getBytes(UTF_8));
    private static final byte[] THIRD = page("<p>three</p>");

    private final WarcFraming archive = new WarcFraming();

    private List<Found> scan(byte[]... parts) {
        return Scans.all(archive, join(parts), MAX_BYTES);
    }

    private static Found found(long begin, byte[] record) {
        return new Found(begin, new String(record, UTF_8));
    }

    @Test
    void aRecordIsAsLongAsItsHeaderSaysWhateverItHolds() {
        assertThat(scan(FIRST, BETWEEN, SECOND, BETWEEN, THIRD, BETWEEN))
                .containsExactly(
                        found(0, FIRST),
                        found(FIRST.length + 4, SECOND),
                        found(FIRST.length + SECOND.length + 8, THIRD));
    }

    @Test
    void linesBetweenRecordsMayBeMissingOrTooMany() {
        assertThat(scan("\r\n".getBytes(UTF_8), FIRST, "\n\n\r\n\n".getBytes(UTF_8), SECOND))
                .containsExactly(found(2, FIRST), found(FIRST.length + 7, SECOND));
    }

    @Test
    void anEmptyArchiveHasNoRecords() {
        assertThat(scan()).isEmpty();
        assertThat(scan(BETWEEN)).isEmpty();
    }

    @Test
    void garbageIsOneDamagedRecordUpToTheNext() {
        byte[] garbage = "\u0000\u0001 no record WARC/1.0 not at the start of a line\r\n".getBytes(UTF_8);
        assertThat(scan(FIRST, BETWEEN, garbage, SECOND, BETWEEN))
                .containsExactly(
                        found(0, FIRST),
                        new Found(FIRST.length + 4, "damaged: NOT_WARC"),
                        found(FIRST.length + 4 + garbage.length, SECOND));
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5", "Content-Length: 300", "Content-Length: -1", "Content-Length: x", "Content-Size: 9"
    })
    void aWrongLengthCostsOneRecord(String wrong) {
        byte[] damaged = new String(FIRST, UTF_8)
                .replaceFirst("Content-Length: \\d+", wrong)
                .getBytes(UTF_8);
        assertThat(scan(damaged, BETWEEN, THIRD, BETWEEN))
                .containsExactly(new Found(0, "damaged: NOT_WARC"), found(damaged.length + 4, THIRD));
    }

    @Test
    void aHeaderWithoutEndIsDamage() {
        byte[] endless = ("WARC/1.0\r\n" + "Field: value\r\n".repeat(10_000)).getBytes(UTF_8);
        assertThat(scan(endless, THIRD))
                .containsExactly(new Found(0, "damaged: NOT_WARC"), found(endless.length, THIRD));
    }

    @Test
    void aRecordThatIsTooLongIsPassedOver() {
        byte[] large = record("resource", "image/png", new byte[300_000]);
        assertThat(scan(FIRST, BETWEEN, large, BETWEEN, THIRD))
                .containsExactly(
                        found(0, FIRST),
                        new Found(FIRST.length + 4, "too long: " + large.length),
                        found(FIRST.length + large.length + 8, THIRD));
    }

    @Test
    void whereverAnArchiveEndsTheRecordsBeforeAreWholeAndTheLastIsCutShort() {
        byte[] content = join(FIRST, BETWEEN, THIRD);
        for (int end = 1; end < content.length; end++) {
            List<Scan> scans = drain(new Pieces(content, end, 7), 0);
            long wholes = scans.stream()
                    .filter(scan -> scan instanceof Scan.Frame frame && frame.ended())
                    .count();
            assertThat(wholes).isEqualTo(end < FIRST.length ? 0 : 1);
            assertThat(scans.stream().mapToLong(WarcFramingTest::consumed).sum())
                    .isEqualTo(end > FIRST.length && end < FIRST.length + 4 ? FIRST.length : end);
        }
    }

    @Test
    void aScannerThatBeginsWhereAnotherHasComeToYieldsTheRest() {
        byte[] content = join(FIRST, BETWEEN, "garbage\n".getBytes(UTF_8), SECOND, BETWEEN, THIRD, BETWEEN);
        List<Scan> all = drain(new Pieces(content, content.length, 64 * 1024), 0);
        long position = 0;
        for (int i = 0; i < all.size(); i++) {
            assertThat(summary(drain(new Pieces(content, content.length, 1), position)))
                    .isEqualTo(summary(all.subList(i, all.size())));
            position += consumed(all.get(i));
        }
    }

    @Test
    void damagedContentCostsTheRecordItLiesInAndScanningGoesOnBehindIt() {
        byte[] cut = Arrays.copyOf(SECOND, SECOND.length / 2);
        Pieces content = new Pieces(join(FIRST, BETWEEN, cut, THIRD), FIRST.length + 4 + cut.length, 16);
        content.resynchronizes = true;
        List<Scan> scans = drain(content, 0);
        assertThat(scans).hasSize(3);
        assertThat(scans.get(1)).isInstanceOfSatisfying(Scan.Damaged.class, damaged -> {
            assertThat(damaged.reason()).isEqualTo(DeadLetterReason.FILE_DAMAGED);
            assertThat(damaged.bytes()).isEqualTo(cut);
            assertThat(damaged.lead()).isZero();
            assertThat(damaged.consumed()).isEqualTo(cut.length + 1);
        });
        assertThat(scans.get(2))
                .isInstanceOfSatisfying(
                        Scan.Frame.class, frame -> assertThat(frame.bytes()).isEqualTo(THIRD));
    }

    @Test
    void damageWithNothingBehindItIsTheReadersBusiness() throws IOException {
        Pieces content = new Pieces(join(FIRST, BETWEEN, SECOND), FIRST.length + 4 + 20, 16);
        content.damaged = true;
        RecordScanner scanner = archive.scan(content, Framing.Entry.AT_RECORD, MAX_BYTES);
        assertThat(scanner.next()).isInstanceOf(Scan.Frame.class);
        assertThatThrownBy(scanner::next).isInstanceOf(DamagedContentException.class);
        assertThat(scanner.begun()).isEqualTo(Arrays.copyOf(SECOND, 20));
    }

    private List<Scan> drain(Pieces content, long from) {
        try {
            content.skip(from);
            RecordScanner scanner = archive.scan(content, Framing.Entry.AT_RECORD, MAX_BYTES);
            List<Scan> scans = new ArrayList<>();
            for (Scan scan = scanner.next(); !(scan instanceof Scan.End); scan = scanner.next()) {
                scans.add(scan);
            }
            return scans;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static long consumed(Scan scan) {
        return ((Scan.Found) scan).consumed();
    }

    private static List<String> summary(List<Scan> scans) {
        return scans.stream()
                .map(scan -> scan.getClass().getSimpleName() + consumed(scan))
                .toList();
    }

    /** Content that comes in pieces of a given size, up to a place where it ends or is damaged. */
    private static final class Pieces extends ContentStream {

        private final byte[] bytes;
        private final int pieceBytes;
        private int end;
        private int position;
        private boolean damaged;
        private boolean resynchronizes;

        Pieces(byte[] bytes, int end, int pieceBytes) {
            this.bytes = bytes;
            this.end = end;
            this.pieceBytes = pieceBytes;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == end) {
                if (damaged || resynchronizes) {
                    throw new DamagedContentException("a member is damaged");
                }
                return -1;
            }
            int read = Math.min(Math.min(length, pieceBytes), end - position);
            System.arraycopy(bytes, position, into, offset, read);
            position += read;
            return read;
        }

        @Override
        public boolean resynchronize() {
            boolean goesOn = resynchronizes;
            resynchronizes = false;
            end = bytes.length;
            return goesOn;
        }
    }
}
