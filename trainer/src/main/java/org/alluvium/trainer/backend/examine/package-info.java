/**
 * Whether a backend is right and how fast it is, for a diagnosis. Modules that drive accelerators bring an examiner, which is
 * found by {@link java.util.ServiceLoader}.
 */
package org.alluvium.trainer.backend.examine;
