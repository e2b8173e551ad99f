/**
 * From the body of a request to the records in it, each checked as the source that will read it checks it. Pure: it knows
 * neither HTTP nor where records go.
 */
package org.alluvium.gateway.batch;
