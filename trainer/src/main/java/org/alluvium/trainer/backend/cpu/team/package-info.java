/**
 * The threads that compute, and how work is cut for them: into tiles that depend on shapes alone. Threads claim tiles, spin
 * for a moment when there are none, and then sleep.
 */
package org.alluvium.trainer.backend.cpu.team;
