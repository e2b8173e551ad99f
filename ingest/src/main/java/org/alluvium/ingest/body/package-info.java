/**
 * The body of a plain text: what it says, without the menus, notices and names that a site puts around all of its pages. It is
 * found by the lines alone, in any script, without knowing other pages of the site.
 */
package org.alluvium.ingest.body;
