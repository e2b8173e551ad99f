package org.alluvium.ingest.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;
import org.alluvium.ingest.frame.Scan;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of some row groups, with one row group in memory at a time. What is left of a damaged row group is passed
 * over. Not thread-safe.
 */
final class ParquetScanner implements RecordScanner {

    private final ChannelInputFile file;
    private final ParquetFileReader parquet;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private final List<BlockMetaData> groups;
    private final Framing.Range range;
    private final long maxRecordBytes;

    private int nextGroup;
    private long nextGroupRow; // the number of its first row

    private RecordReader<byte[]> rows;
    private long row; // the number of the next one
    private long groupEnd; // behind the number of the group's last row
    private long position; // behind the last record that was yielded

    private ParquetScanner(
            ChannelInputFile file, ParquetFileReader parquet, Framing.Range range, long from, long maxRecordBytes) {
        this.file = file;
        this.parquet = parquet;
        this.schema = parquet.getFooter().getFileMetaData().getSchema();
        this.columns = new ColumnIOFactory().getColumnIO(schema);
        this.groups = parquet.getRowGroups();
        this.range = range;
        this.position = from;
        this.maxRecordBytes = maxRecordBytes;
    }

    static ParquetScanner open(SeekableByteChannel channel, Framing.Range range, long from, long maxRecordBytes)
            throws IOException {
        ChannelInputFile file = new ChannelInputFile(channel);
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .usePageChecksumVerification(true)
                .build();
        try {
            return new ParquetScanner(file, ParquetFileReader.open(file, options), range, from, maxRecordBytes);
        } catch (IOException | RuntimeException failed) {
            file.throwIfUnreadable();
            throw new DamagedContentException("the file has no readable footer: " + failed.getMessage(), failed);
        }
    }

    @Override
    public Scan next() throws IOException {
        if (row == groupEnd && !openGroup()) {
            return new Scan.End();
        }
        try {
            if (rows == null) {
                readGroup();
            }
            byte[] json = rows.read();
            row++;
            return recordOf(json);
        } catch (IOException | RuntimeException failed) {
            file.throwIfUnreadable();
            return passGroup(failed);
        }
    }

    /** Goes to the next row group that begins in the range and has rows that are not behind. */
    private boolean openGroup() {
        while (nextGroup < groups.size()) {
            BlockMetaData group = groups.get(nextGroup);
            long first = nextGroupRow;
            nextGroup++;
            nextGroupRow += group.getRowCount();
            boolean inRange = group.getStartingPos() >= range.start() && group.getStartingPos() < range.end();
            if (inRange && nextGroupRow > position) {
                row = Math.max(first, position);
                groupEnd = nextGroupRow;
                rows = null;
                return true;
            }
        }
        return false;
    }

    private void readGroup() throws IOException {
        PageReadStore pages = parquet.readRowGroup(nextGroup - 1);
        rows = columns.getRecordReader(pages, new RowJson(schema));
        for (long skipped = groupEnd - pages.getRowCount(); skipped < row; skipped++) {
            rows.read();
        }
    }

    private Scan recordOf(byte[] json) {
        long lead = row - 1 - position;
        long consumed = row - position;
        position = row;
        return json.length > maxRecordBytes
                ? new Scan.TooLong(
                        Arrays.copyOf(json, Math.min(json.length, DeadLetter.EXCERPT_BYTES)),
                        json.length,
                        lead,
                        consumed,
                        true)
                : new Scan.Frame(json, lead, consumed, true);
    }

    private Scan passGroup(Exception failed) {
        String detail = "rows " + row + " to " + (groupEnd - 1) + " cannot be read: " + failed.getMessage();
        long lead = row - position;
        long consumed = groupEnd - position;
        row = groupEnd;
        position = groupEnd;
        return new Scan.Damaged(DeadLetterReason.FILE_DAMAGED, detail, new byte[0], lead, consumed);
    }

    @Override
    public byte[] begun() {
        return new byte[0];
    }
}
