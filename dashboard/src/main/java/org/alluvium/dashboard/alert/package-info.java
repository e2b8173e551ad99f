/**
 * Rules that say when something is wrong with a run, and who is told. What they find follows from the events alone, so it is
 * the same whenever and however often they are read.
 */
package org.alluvium.dashboard.alert;
