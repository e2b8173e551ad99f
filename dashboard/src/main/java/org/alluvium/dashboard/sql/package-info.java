/**
 * What people paste into DuckDB to go on by themselves, with the paths of what they look at. The dashboard runs none of it.
 */
package org.alluvium.dashboard.sql;
