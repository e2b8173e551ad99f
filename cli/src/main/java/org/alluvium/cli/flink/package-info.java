/**
 * A client of Flink's REST interface, as far as Alluvium's job needs one. It knows nothing of the job but what Flink says of
 * any job.
 */
package org.alluvium.cli.flink;
