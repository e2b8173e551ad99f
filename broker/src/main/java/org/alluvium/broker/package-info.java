/** A real Kafka broker as a process of its own, for tests, benchmarks and the soak. Nothing that a user runs needs it. */
package org.alluvium.broker;
