/** bench. */
package org.alluvium.bench;
