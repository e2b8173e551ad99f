/**
 * Files read as a sequence of records that can be continued at any point. A file that cannot be read is a record too, and
 * never an exception.
 */
package org.alluvium.ingest.file;
