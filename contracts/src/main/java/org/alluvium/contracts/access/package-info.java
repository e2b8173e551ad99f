/**
 * Who this program is to a server, and whether the server is who it should be: secrets, keys and authorities, read from the files
 * that the configuration names.
 */
package org.alluvium.contracts.access;
