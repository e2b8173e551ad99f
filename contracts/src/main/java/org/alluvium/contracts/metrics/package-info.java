/** Figures for Prometheus: the one writer of its text format. Names of metrics are an interface of whoever writes them. */
package org.alluvium.contracts.metrics;
