package org.alluvium.ingest.record;

/** How one record holds one document. A pure function of the record; thread-safe. */
interface DocumentFormat {

    /**
     * What the record says.
     *
     * @throws RefusedException if it is not what the format wants
     */
    Reading parse(SourceRecord.Content content) throws RefusedException;
}
