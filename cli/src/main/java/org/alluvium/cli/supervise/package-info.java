/**
 * Runs ingest and trainer as processes of their own, starts again what crashed, and leaves none behind. It knows exit codes
 * and pipes, and nothing of what the processes do.
 */
package org.alluvium.cli.supervise;
