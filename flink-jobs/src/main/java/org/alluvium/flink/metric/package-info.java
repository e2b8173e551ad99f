/**
 * What the job tells of itself, by name: the metrics that its operators register with Flink, and those that are made of Flink's own. Who
 * counts and measures is elsewhere.
 */
package org.alluvium.flink.metric;
