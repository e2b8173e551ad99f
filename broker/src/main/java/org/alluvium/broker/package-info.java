/**
 * A real Kafka broker as a process of its own, and a stand-in for a schema registry, for tests, benchmarks and the soak.
 * Nothing that a user runs needs them.
 */
package org.alluvium.broker;
