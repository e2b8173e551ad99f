/**
 * oneDNN through the foreign-function interface: single-threaded products of one shape, made once and run on any thread.
 * Knows addresses and strides only; who owns the memory, and how a large product is cut, is decided by its callers.
 */
package org.alluvium.trainer.backend.onednn;
