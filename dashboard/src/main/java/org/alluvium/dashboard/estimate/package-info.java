/**
 * What a training run would take: arithmetic, time, machines, energy and money. All of it is counted from the model and the
 * data, so that it can be checked with pencil and paper.
 */
package org.alluvium.dashboard.estimate;
