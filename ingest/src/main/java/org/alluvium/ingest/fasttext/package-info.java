/**
 * Classifiers in the file formats of fastText, read and applied without its library. Nothing here knows what the labels of a
 * model mean.
 */
package org.alluvium.ingest.fasttext;
