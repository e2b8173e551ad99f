/**
 * Dead letters at rest: how they are stored, found by number, and fed back. What makes a record a dead letter is decided
 * elsewhere, by its parser.
 */
package org.alluvium.ingest.deadletter;
