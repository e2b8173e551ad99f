/**
 * Trains one run for every point of a grid of settings, one after another, and puts what they learned side by side. What was
 * finished is known by the runs' own events, so that the same command goes on after a kill.
 */
package org.alluvium.cli.sweep;
