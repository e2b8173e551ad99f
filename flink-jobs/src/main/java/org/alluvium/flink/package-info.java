/** flink-jobs. */
package org.alluvium.flink;
