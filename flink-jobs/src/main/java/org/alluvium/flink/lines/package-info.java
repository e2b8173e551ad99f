/**
 * Lines that the documents of a host have in common are cut out before the filters see a document. What a host's documents have
 * had is kept by host; documents ask it and keep their order.
 */
package org.alluvium.flink.lines;
