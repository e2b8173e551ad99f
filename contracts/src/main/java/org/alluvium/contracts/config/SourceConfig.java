package org.alluvium.contracts.config;

import java.nio.file.Path;

/** One element of the {@code sources} list: a folder that is watched for files of documents. */
public record SourceConfig(
        @Key(doc = "Short name, recorded with every document: letters, digits, '-' and '_'.", example = "news")
        String name,

        @Key(doc = "Folder that is searched, with its subfolders, for files.", example = "input/news")
        Path path,

        @Key(
                doc =
                        "How a file holds documents: 'jsonl' has one JSON object a line with at least a text; 'lucene_lines'"
                                + " has title, date and body separated by tabs.",
                byDefault = "jsonl")
        Format format,

        @Key(
                doc = "Glob that a file's name must match; names that begin with '.' or '_' are never read.",
                byDefault = "\"*\"")
        String pattern,

        @Key(doc = "Follow the folder for ever (true), or read what is there and end (false).", byDefault = "true")
        boolean follow,

        @Key(doc = "JSON field that holds the text.", byDefault = "text")
        String textField) {

    /** How a file holds documents. Files may be plain, gzip ({@code .gz}) or Zstandard ({@code .zst}). */
    public enum Format {
        JSONL,
        LUCENE_LINES
    }
}
