/**
 * A real Kafka broker and a real S3 server as processes of their own, a stand-in for a schema registry, and
 * certificates, for tests, benchmarks and the soak. Nothing that a user runs needs them.
 */
package org.alluvium.broker;
