/**
 * Hugging Face's {@code tokenizer.json} as data: byte-level BPE vocabularies are read from it. What a file asks for and we do not do exactly is refused by name.
 */
package org.alluvium.tokenizer.bytelevel;
