/** One text on its way into the corpus, and how it is written in Avro. */
package org.alluvium.contracts.document;
