/**
 * Lists of words, phrases and addresses that users keep in files, and the search for many of them at once. What a hit means is
 * for others to say.
 */
package org.alluvium.ingest.phrase;
