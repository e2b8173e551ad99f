/**
 * Documents that ask something of state which is kept by other keys than theirs, and wait for the answers in the order in
 * which they came. Nothing waits across a checkpoint, so nothing of this is state.
 */
package org.alluvium.flink.ask;
