/** What every module agrees on: the data that is handed over between processes, and the configuration that steers them. */
package org.alluvium.contracts;
