/**
 * How much a text is like those of a reference corpus: hashed features, a linear model of them, its training and its file.
 * Scores and verdicts are the same on every machine, for every number of threads and in every order of documents.
 */
package org.alluvium.ingest.quality;
