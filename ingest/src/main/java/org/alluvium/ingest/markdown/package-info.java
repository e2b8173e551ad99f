/**
 * Markdown as the text that its readers see. Pure functions of one document's characters.
 */
package org.alluvium.ingest.markdown;
