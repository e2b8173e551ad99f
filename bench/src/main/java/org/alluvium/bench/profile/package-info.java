/**
 * Where the time of a program goes. Samples of a flight recording become a tree of calls, and the tree a picture and a table.
 */
package org.alluvium.bench.profile;
