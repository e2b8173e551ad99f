package org.alluvium.contracts.config;

/** The {@code files} group of a source. */
public record FilesConfig(
        @Key(
                doc = "Glob that a file's name must match; names that begin with '.' or '_' are never read.",
                byDefault = "\"*\"")
        String pattern,

        @Key(
                doc =
                        "When a file is complete: 'renamed' as soon as it is seen, for files that are renamed into place; 'settled' once"
                                + " its size and time of change have been still for ingest.settle; 'success_file' once its folder holds"
                                + " a file _SUCCESS.",
                byDefault = "renamed")
        Complete complete,

        @Key(
                doc =
                        "What becomes of a file that has been read, once a Flink checkpoint says so: 'keep' or 'delete' it.",
                byDefault = "keep")
        After after,

        @Key(
                doc = "A plain file larger than this is read in parts of this many bytes, by several readers at once.",
                byDefault = "64Mi",
                min = 65536)
        long splitBytes) {

    /** Every key as it is when nothing is configured. */
    public static final FilesConfig DEFAULT = new FilesConfig("*", Complete.RENAMED, After.KEEP, 64L << 20);

    /** When a file is complete. */
    public enum Complete {
        RENAMED,
        SETTLED,
        SUCCESS_FILE
    }

    /** What becomes of a file that has been read. */
    public enum After {
        KEEP,
        DELETE
    }
}
