/** The one typed configuration file, its defaults and its error messages. */
package org.alluvium.contracts.config;
