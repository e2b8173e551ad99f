/**
 * Figures for Prometheus: the scheme of their names, and the one writer of its text format. What there is to tell is decided by who
 * tells it.
 */
package org.alluvium.contracts.metrics;
