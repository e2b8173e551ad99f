/**
 * How well spam and low quality are told from clean documents of a labelled crawl day: by published rules, by quality models
 * that one half of the day taught, and by both. What clean documents were dropped is listed, to be read.
 */
package org.alluvium.bench.quality;
