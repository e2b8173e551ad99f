package org.alluvium.ingest.avro;

import org.alluvium.contracts.error.UnavailableException;
import org.apache.avro.Schema;

/** Knows schemas by the numbers that messages carry. */
public interface SchemaRegistry {

    /**
     * The schema with a number; the same one for ever.
     *
     * @throws UnknownSchemaException if there is none, or it is not Avro's
     * @throws UnavailableException if it cannot be asked now
     */
    Schema schema(int id) throws UnknownSchemaException;
}
