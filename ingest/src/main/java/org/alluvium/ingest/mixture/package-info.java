/**
 * How much of each source is trained on: weights become epochs, and epochs become how often each document is repeated. What
 * is decided of a document depends on its source, its text and the weights alone.
 */
package org.alluvium.ingest.mixture;
