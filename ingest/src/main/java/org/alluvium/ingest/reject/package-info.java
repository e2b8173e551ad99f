/**
 * Documents that a filter dropped: what is kept of them, so that a person can see what a rule does. Why a document is
 * dropped is decided elsewhere, by the filters.
 */
package org.alluvium.ingest.reject;
