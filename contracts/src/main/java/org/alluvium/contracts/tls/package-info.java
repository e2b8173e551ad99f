/** TLS for what we serve: certificates from files, renewed while connections live on, and the JDK's HTTP server with them. */
package org.alluvium.contracts.tls;
