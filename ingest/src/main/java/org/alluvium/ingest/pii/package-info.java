/**
 * Personal data and secrets in text: found by their form and their check digits, and taken out in a way that keeps the text
 * readable. One pass over the text; nothing here guesses names or addresses of people.
 */
package org.alluvium.ingest.pii;
