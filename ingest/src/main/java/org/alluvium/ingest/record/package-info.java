/**
 * One record of input and what becomes of it: a document, or a dead letter that says why not. Every record becomes
 * exactly one of the two.
 */
package org.alluvium.ingest.record;
