/**
 * What a trainer tells of itself over HTTP while it works: figures for Prometheus, whether it is alive, whether it is ready. It
 * is told by the run's own events, and a run does not know whether anybody asks.
 */
package org.alluvium.trainer.monitor;
