/**
 * Takes the steps of a dump with PyTorch's native library, driven from Java. Its own programme, which shares no code with
 * the trainer that it is measured against.
 */
package org.alluvium.bench.peers.libtorch;
