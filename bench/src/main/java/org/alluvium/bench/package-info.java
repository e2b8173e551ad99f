/**
 * Measurements, each after a check that what is measured is right. Figures of note are kept in PERFORMANCE.md with the
 * command that made them.
 */
package org.alluvium.bench;
