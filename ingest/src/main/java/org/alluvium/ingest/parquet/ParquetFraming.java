package org.alluvium.ingest.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;

/**
 * The rows of a Parquet file, each as one JSON object in UTF-8, see {@link RowJson}. Positions are row numbers of the file,
 * counted from 0; row groups are not divided by ranges.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the file format</a>
 */
public record ParquetFraming() implements Framing.Indexed {

    @Override
    public RecordScanner scan(SeekableByteChannel file, Range range, long from, long maxRecordBytes)
            throws IOException {
        return ParquetScanner.open(file, range, from, maxRecordBytes);
    }
}
