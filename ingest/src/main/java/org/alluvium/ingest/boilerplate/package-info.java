/**
 * Lines that the documents of a host have in common: headers, menus, notices. A small sketch for each host remembers how many
 * documents have had which line.
 */
package org.alluvium.ingest.boilerplate;
