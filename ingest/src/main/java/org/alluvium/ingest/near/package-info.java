/**
 * Near-duplicates: text brought into the form that is compared, its MinHash signature, and the keys of locality-sensitive
 * hashing by which similar texts meet. Nothing here remembers a document.
 */
package org.alluvium.ingest.near;
