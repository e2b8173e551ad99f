/**
 * The ingest job on a Flink cluster: starting it, replacing it by another version, giving it another width, ending it. {@link
 * org.alluvium.cli.deploy.JobDeployer} is where to start reading.
 */
package org.alluvium.cli.deploy;
