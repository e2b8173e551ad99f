/**
 * How much of what was planted in labelled documents is found, and what else is. What repairs text is measured here as well,
 * since both are judged by what they leave alone.
 */
package org.alluvium.bench.pii;
