/** Where accepted records go: the one thing that HTTP knows of spools and topics. Each way of keeping them implements it. */
package org.alluvium.gateway.target;
