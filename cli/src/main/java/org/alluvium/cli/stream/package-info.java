/**
 * How a stream is kept up with where arithmetic is not enough: bursts, failures and autoscaling, simulated event by event. A
 * scenario and its seed decide everything, so every figure can be had again.
 */
package org.alluvium.cli.stream;
