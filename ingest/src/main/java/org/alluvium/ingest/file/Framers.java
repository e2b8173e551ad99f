package org.alluvium.ingest.file;

import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.LineFraming;
import org.alluvium.ingest.frame.WarcFraming;
import org.alluvium.ingest.frame.WholeFileFraming;
import org.alluvium.ingest.mark.MarkedFraming;
import org.alluvium.ingest.parquet.ParquetFraming;

/** Which framing the files of a format have. */
public final class Framers {

    private Framers() {}

    /** The framing of a format's files. */
    public static Framing of(SourceConfig.Format format) {
        return switch (format) {
            case JSONL, LUCENE_LINES -> new LineFraming();
            case TEXT, MARKDOWN, HTML, MAIL -> new WholeFileFraming();
            case MEDIAWIKI -> MarkedFraming.mediaWiki();
            case MBOX -> MarkedFraming.mbox();
            case WARC, WET -> new WarcFraming();
            case AVRO ->
                throw new IllegalArgumentException("Avro records are messages, the configuration allows no files");
            case PARQUET -> new ParquetFraming();
        };
    }
}
