/**
 * From names to places, on disk: hashes of names with a number each, in files that are written once. It knows neither
 * documents nor steps; {@link org.alluvium.dashboard.lineage} does. Derived: to delete such a folder costs the time to read all again.
 */
package org.alluvium.dashboard.index;
