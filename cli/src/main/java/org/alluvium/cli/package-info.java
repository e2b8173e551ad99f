/** cli. */
package org.alluvium.cli;
