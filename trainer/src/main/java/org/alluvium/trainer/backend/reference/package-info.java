/**
 * Every operation as the plainest loop that is right, for tests and as the definition the fast backends are compared with.
 * In double precision it serves gradient checks by finite differences.
 */
package org.alluvium.trainer.backend.reference;
