/**
 * From a document to the row of ids that a model is trained on, as the configuration says. Ids of the first documents, and of a
 * share of the others, are checked against SentencePiece's own.
 */
package org.alluvium.tokenizer.document;
