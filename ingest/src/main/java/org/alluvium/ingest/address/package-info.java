/**
 * What the address of a document says of it: lists of domains, addresses and words that nothing is taken from. Lists are the
 * user's; none comes with the program.
 */
package org.alluvium.ingest.address;
