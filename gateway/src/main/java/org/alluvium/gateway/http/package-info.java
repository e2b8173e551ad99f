/** The gateway as HTTP: who may ask, how much at a time, and how each outcome is said. What is kept where is decided elsewhere. */
package org.alluvium.gateway.http;
