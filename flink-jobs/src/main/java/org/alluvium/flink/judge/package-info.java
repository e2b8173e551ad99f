/**
 * Where documents meet the filters. The operator asks a chain of them about each document, hashes the text that they leave,
 * and counts what they changed.
 */
package org.alluvium.flink.judge;
