/**
 * What the events of a training run add up to: series, markers, and how the run is doing. It is read from the run's folder
 * alone, which may be one that a trainer writes at this moment or a copy of one from long ago.
 */
package org.alluvium.dashboard.run;
