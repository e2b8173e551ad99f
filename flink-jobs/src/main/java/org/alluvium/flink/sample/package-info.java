/**
 * A sample of what a job keeps, drawn in the stream: the texts with the smallest hashes, so that it is the same however the job
 * runs. Vocabularies are trained on it before there is a corpus.
 */
package org.alluvium.flink.sample;
