/**
 * A real Kafka broker and a real S3 server as processes of their own, and a stand-in for a schema registry, for tests,
 * benchmarks and the soak. Nothing that a user runs needs them.
 */
package org.alluvium.broker;
