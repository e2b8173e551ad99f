/** Checks proofs that 'alluvium prove' has written: one file that needs nothing but Java, and shares no code with what made them. */
package org.alluvium.verifier;
