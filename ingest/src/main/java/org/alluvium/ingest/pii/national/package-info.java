/**
 * Numbers and ids that states give to persons, country by country. Those of digits only are a table; those with letters each have
 * their own form.
 */
package org.alluvium.ingest.pii.national;
