/**
 * Pages of a wiki as the text that their readers see. Pure functions of one page's bytes or characters.
 */
package org.alluvium.ingest.wiki;
