/**
 * How clients of Kafka show who they are and check whom they talk to, by files that are read where the client is: nothing of a secret
 * is among a client's properties, which travel with jobs and are logged.
 */
package org.alluvium.ingest.kafka;
