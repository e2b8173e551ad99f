/**
 * How a process comes by its backend: providers say whether theirs works here, and a choice opens one of them or says what is
 * missing. Providers are found by {@link java.util.ServiceLoader}.
 */
package org.alluvium.trainer.backend.choice;
