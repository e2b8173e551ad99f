/**
 * Finds in documents what is also in evaluation sets, and takes it out. The sets become hashes of their n-grams when they are
 * read; a document is then judged by these and its text alone.
 */
package org.alluvium.ingest.decontamination;
