/**
 * The filters that a configuration asks for, in their order, and the digest that names them. It is the one place that knows
 * every filter; filters do not know it.
 */
package org.alluvium.ingest.recipe;
