/**
 * Kafka topics as a source of the job. Nothing is skipped in silence: where the broker no longer has what was to be read
 * next, the job stops and says so.
 */
package org.alluvium.flink.kafka;
