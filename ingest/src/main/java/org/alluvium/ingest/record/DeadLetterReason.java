package org.alluvium.ingest.record;

import java.util.Arrays;
import java.util.Locale;

/** Why a record is not a document. Names are part of the dead-letter format and of the log's funnel: never rename one. */
public enum DeadLetterReason {
    /** The line has no characters but white space. */
    BLANK_LINE,
    /** The line is longer than {@code ingest.maxLineBytes}. */
    LINE_TOO_LONG,
    /** The bytes are not UTF-8. */
    INVALID_UTF8,
    /** A string holds half of a surrogate pair, which no UTF-8 can express. */
    LONE_SURROGATE,
    /** The record holds the character NUL. */
    NUL_CHARACTER,
    /** The line is not one JSON value. */
    NOT_JSON,
    /** The line is JSON but not an object. */
    NOT_AN_OBJECT,
    /** The line does not have the columns of its format. */
    WRONG_COLUMNS,
    /** The record of a web archive is not one, or not all of it is there. */
    NOT_WARC,
    /** The response in a web archive is not one of HTTP, or its body cannot be decoded. */
    NOT_HTTP,
    /** The message is not framed or encoded as Avro, by the schema that it names, says. */
    MALFORMED_AVRO,
    /** The message names a schema that is not known. */
    UNKNOWN_SCHEMA,
    /** The field that holds the text is absent or null. */
    TEXT_MISSING,
    /** A field that has a meaning is of another type than it must be. */
    WRONG_TYPE,
    /** The date or time is not one. */
    BAD_TIME,
    /** The record is not the XML element that its format asks for. */
    NOT_XML,
    /** The record is not a mail message. */
    NOT_MAIL,
    /** The text has no characters left once it is normalized. */
    EMPTY_TEXT,
    /** The format's reader failed in a way that it does not account for: a defect, or a record made to break it. */
    PARSER_FAILED,
    /** The record was fed back, but its source is not configured any more. */
    SOURCE_UNKNOWN,
    /** The file could not be opened or read: permissions, input/output errors. */
    FILE_UNREADABLE,
    /** The file was there when it was found and gone when it was to be read. */
    FILE_MISSING,
    /** The compressed file ends too early or is damaged; the records before the damage were kept. */
    FILE_DAMAGED,
    /** The file was replaced, cut or changed in place after it had been found. */
    FILE_CHANGED;

    /** The reason as it is written in files and metrics: lower case with underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason with the given {@link #code()}. */
    public static DeadLetterReason ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dead-letter reason is called " + code));
    }
}
