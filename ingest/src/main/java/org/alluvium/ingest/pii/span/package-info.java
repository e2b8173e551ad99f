/**
 * What the recognizers of personal data have in common: the places that they find, of which type, and how they look at characters,
 * groups of digits, check digits and the words before a number. Nothing here knows what it is that is looked for.
 */
package org.alluvium.ingest.pii.span;
