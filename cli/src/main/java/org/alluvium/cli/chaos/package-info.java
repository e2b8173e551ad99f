/** Disturbs a real deployment by a schedule, and proves that what came out is what would have come out without. */
package org.alluvium.cli.chaos;
