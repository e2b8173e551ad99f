/** trainer. */
package org.alluvium.trainer;
