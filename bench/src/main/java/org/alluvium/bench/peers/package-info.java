/**
 * Our training beside the same training in another implementation: same initial weights, same batches, same schedule. The
 * other side lives in {@code bench/peers}, which also says how to run both.
 */
package org.alluvium.bench.peers;
