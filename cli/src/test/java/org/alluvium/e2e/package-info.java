/**
 * Whole-process tests: real JVMs on a real folder, killed at real moments. They know the command line and the published
 * files, and the shard reader, and nothing else of the code inside.
 */
package org.alluvium.e2e;
