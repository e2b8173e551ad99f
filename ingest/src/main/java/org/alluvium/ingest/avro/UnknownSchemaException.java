package org.alluvium.ingest.avro;

/** A message names a schema that nobody knows, or one that is not Avro's or does not describe a record. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(String detail) {
        // Without a stack trace: one is thrown per bad message, and nobody looks at where.
        super(detail, null, false, false);
    }
}
