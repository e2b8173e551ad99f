/**
 * What characters are: letters, digits, white space, punctuation. Answered from one version of Unicode that comes with the
 * program, so that the same text is judged alike on every version of Java.
 */
package org.alluvium.ingest.character;
