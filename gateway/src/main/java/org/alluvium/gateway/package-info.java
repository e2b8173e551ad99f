/** The gateway: takes documents over HTTP and keeps them for ingest. This package puts its parts together and runs them. */
package org.alluvium.gateway;
