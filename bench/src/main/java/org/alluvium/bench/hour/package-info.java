/**
 * A training run that is watched from outside for an hour: what it learns, what it says meanwhile, and whether what must stay level
 * does.
 */
package org.alluvium.bench.hour;
