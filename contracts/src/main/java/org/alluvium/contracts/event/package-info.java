/** Measured facts, appended as JSON lines. */
package org.alluvium.contracts.event;
