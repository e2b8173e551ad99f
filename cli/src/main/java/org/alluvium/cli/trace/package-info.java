/** What was learned from what, worked out from a run's journal and its corpus. Pure; the commands print it. */
package org.alluvium.cli.trace;
