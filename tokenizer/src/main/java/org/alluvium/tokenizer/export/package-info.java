/**
 * Vocabularies as Hugging Face's libraries load them: the files of a folder, from nothing but the vocabulary. What those cannot
 * express is refused, and where their ids differ, that is said.
 */
package org.alluvium.tokenizer.export;
