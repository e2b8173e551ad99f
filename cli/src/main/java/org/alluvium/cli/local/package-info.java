/**
 * Ingest, trainer and gateway on this machine, under a supervisor, with one view: what {@code up} and {@code demo} have in
 * common.
 */
package org.alluvium.cli.local;
