package org.alluvium.contracts.config;

import java.util.Optional;

/** One element of the {@code sources} list: a place that documents come from, either files or a Kafka topic. */
public record SourceConfig(
        @Key(doc = "Short name, recorded with every document: letters, digits, '-' and '_'.", example = "news")
        String name,

        @Key(
                doc = "Folder that is searched, with its subfolders, for files, or s3://bucket/prefix. Either this or"
                        + " kafka is given.",
                byDefault = "",
                example = "input/news")
        Optional<Location> path,

        @Key(doc = "Kafka topics that are read. Either this or path is given.", byDefault = "")
        Optional<KafkaConfig> kafka,

        @Key(
                doc =
                        "How documents are held: 'jsonl' has one JSON object a line, or a message, with at least a text; 'lucene_lines'"
                                + " has title, date and body separated by tabs; 'parquet' has one document a row; 'text' has one a file, or"
                                + " a message, and 'markdown' one a file; 'mediawiki' is the XML dump of a wiki; 'mbox' is a"
                                + " mailbox; 'mail' has one message a file, as in a maildir; 'html' is one web page a file;"
                                + " 'warc' is a web archive, of which the pages are read, and 'wet' the texts made of one;"
                                + " 'avro' is one Avro record a Kafka message.",
                byDefault = "jsonl")
        Format format,

        @Key(doc = "Follow the source for ever (true), or read what is there and end (false).", byDefault = "true")
        boolean follow,

        @Key(doc = "Names of the fields that have a meaning, in formats that have fields.", byDefault = "{}")
        FieldsConfig fields,

        @Key(doc = "Which files are read, and when.", byDefault = "{}")
        FilesConfig files,

        @Key(doc = "How fast is read, and what happens when much of it cannot be.", byDefault = "{}")
        FlowConfig flow) {

    /** How documents are held. Files may be plain, gzip ({@code .gz}), Zstandard ({@code .zst}) or bzip2 ({@code .bz2}). */
    public enum Format {
        /** One JSON object a line. */
        JSONL,
        /** Title, date and body a line, separated by tabs. */
        LUCENE_LINES,
        /** One document a row. */
        PARQUET,
        /** A file, or a message, is one text. */
        TEXT,
        /** A file is one document of Markdown. */
        MARKDOWN,
        /** The XML dump of a wiki. */
        MEDIAWIKI,
        /** A mailbox, of any number of messages. */
        MBOX,
        /** A file is one mail message, as in a maildir. */
        MAIL,
        /** A file is one web page. */
        HTML,
        /** A web archive; its pages are documents. */
        WARC,
        /** The texts that were made of a web archive. */
        WET,
        /** A message of Kafka is one Avro record. */
        AVRO
    }

    /** A folder of files with every other key at its default. */
    public static SourceConfig ofFolder(String name, Location path, Format format, boolean follow) {
        return new SourceConfig(
                name,
                Optional.of(path),
                Optional.empty(),
                format,
                follow,
                FieldsConfig.DEFAULT,
                FilesConfig.DEFAULT,
                FlowConfig.DEFAULT);
    }

    /** The same source with other names of fields. */
    public SourceConfig withFields(FieldsConfig other) {
        return new SourceConfig(name, path, kafka, format, follow, other, files, flow);
    }

    /** The same source with other rules for files. */
    public SourceConfig withFiles(FilesConfig other) {
        return new SourceConfig(name, path, kafka, format, follow, fields, other, flow);
    }

    /** The same source with another flow. */
    public SourceConfig withFlow(FlowConfig other) {
        return new SourceConfig(name, path, kafka, format, follow, fields, files, other);
    }

    /** The same source, read to the end of what it holds now, with another way to its topics if it has any. */
    public SourceConfig readOnce(Optional<KafkaConfig> other) {
        return new SourceConfig(name, path, other, format, false, fields, files, flow);
    }
}
