/** The deployment that faults strike: its processes, what keeps them running, and what can be done to them. */
package org.alluvium.cli.chaos.fleet;
