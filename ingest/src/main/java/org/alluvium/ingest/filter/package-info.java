/**
 * What judges documents: filters, each a plain function of one document and its own configuration, and the chain that asks
 * them in order. Nothing here knows Flink, a clock or another document.
 */
package org.alluvium.ingest.filter;
