/**
 * Holds one encoder to another: texts of files and fuzzed ones go through both, and the first that gives other ids is shrunk to
 * the least that still does. Nothing here knows which encoders they are.
 */
package org.alluvium.tokenizer.verify;
