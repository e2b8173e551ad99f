/**
 * Merkle trees as in RFC 6962, "Certificate Transparency", section 2.1: a root commits to a list of texts, and a path of a
 * few digests proves that one of them is in it, and where. Which lists have roots, and why, is in {@code docs/proofs.md}.
 */
package org.alluvium.contracts.merkle;
