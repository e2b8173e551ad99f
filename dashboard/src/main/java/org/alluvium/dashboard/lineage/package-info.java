/**
 * Which documents a run learned from and when, as its journal says: from steps to documents, and from a document to its steps.
 * The journal is read from its begin each time, in lines, so that it may be of any length.
 */
package org.alluvium.dashboard.lineage;
