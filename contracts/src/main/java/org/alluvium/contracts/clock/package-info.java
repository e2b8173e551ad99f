/**
 * What time it is. Whoever asks takes an {@link java.time.InstantSource} as a parameter; this is the one that processes hand in.
 */
package org.alluvium.contracts.clock;
