/**
 * How often each document of the corpus is trained on. The weights come from the configuration and, in a running job, from
 * its control file; what they decide is a pure function that lives elsewhere.
 */
package org.alluvium.flink.mixture;
