/**
 * Mail messages as the text that their readers see. Pure functions of one message's bytes.
 */
package org.alluvium.ingest.mail;
