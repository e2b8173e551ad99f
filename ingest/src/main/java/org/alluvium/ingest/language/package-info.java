/**
 * In which language a document and each of its paragraphs are, with how much of the text says so. What decides is the script
 * where one language alone is written in it, and a small model where there are several.
 */
package org.alluvium.ingest.language;
