/**
 * Records that are told apart by marks in their midst: messages of a mailbox, pages of a dump. A format says what its marks
 * look like, and one scanner does the rest.
 */
package org.alluvium.ingest.mark;
