/**
 * Numbers by which people are called, paid or found in a network: telephones, cards, bank accounts, addresses of machines. Each
 * is known by its form, its check digits and what stands around it.
 */
package org.alluvium.ingest.pii.number;
