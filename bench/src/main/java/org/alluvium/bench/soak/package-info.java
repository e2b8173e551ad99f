/**
 * Ingest at full speed for hours, from Kafka and from files, while its processes are killed: what it must not lose, and what
 * must not grow. Everything is measured from outside, on processes as users run them.
 */
package org.alluvium.bench.soak;
