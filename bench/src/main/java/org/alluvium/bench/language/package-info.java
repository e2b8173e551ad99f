/**
 * How well and how fast the language of a text is found, by us and by libraries, and the texts that our model of languages is
 * trained on. Tables and choices are in {@code docs/design/0014-language.md}.
 */
package org.alluvium.bench.language;
