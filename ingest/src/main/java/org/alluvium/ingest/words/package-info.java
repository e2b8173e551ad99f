/**
 * Text cut into words, as its language separates them. The same words are counted by rules, compared by deduplication and
 * looked up by decontamination.
 */
package org.alluvium.ingest.words;
