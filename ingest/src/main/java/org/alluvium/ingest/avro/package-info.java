/**
 * Avro messages of producers who know nothing of us: which schema wrote a message, and what is in it. Nothing in a message
 * can exhaust memory or stack, and whatever is not exactly what its schema says is refused.
 */
package org.alluvium.ingest.avro;
