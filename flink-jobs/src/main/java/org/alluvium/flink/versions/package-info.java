/**
 * Documents that change. An operator keyed by document remembers the current version of each, and says when it is
 * superseded by a newer one or deleted.
 */
package org.alluvium.flink.versions;
