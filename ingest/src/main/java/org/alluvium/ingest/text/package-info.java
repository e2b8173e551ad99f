/**
 * Text brought into one canonical form, and the hash of that form. Two texts that differ only in how they are encoded
 * come out the same.
 */
package org.alluvium.ingest.text;
