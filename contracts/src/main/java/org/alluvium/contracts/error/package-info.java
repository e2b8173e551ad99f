/** Errors that say what happened, where, and what to do next, each with a documented exit code. */
package org.alluvium.contracts.error;
