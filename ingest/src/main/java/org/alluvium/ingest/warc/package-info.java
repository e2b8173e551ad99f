/**
 * What crawlers write: records of the WARC format and the HTTP responses in them. Pure functions of bytes; how an archive is
 * cut into records is the business of {@code ingest.frame}.
 */
package org.alluvium.ingest.warc;
