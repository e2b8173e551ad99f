/**
 * Ingest and trainer on this machine, under a supervisor, with one view of both: what {@code up} and {@code demo} have in
 * common.
 */
package org.alluvium.cli.local;
