/**
 * Memory outside the heap: tensors, indices, and the arenas and large pages that they come from. What their elements mean is
 * decided by those who compute with them.
 */
package org.alluvium.trainer.backend.cpu.memory;
