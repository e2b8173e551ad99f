/**
 * What travels between the job's operators and lies in its state, and how each of it is written as bytes. Every format has
 * a version that is stored with the state, so that a later release can read an earlier one's.
 */
package org.alluvium.flink.types;
