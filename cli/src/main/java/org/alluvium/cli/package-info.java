/**
 * The command line: where the process starts, how it reports errors, and how it logs. Everything a command does lives in
 * the packages below, one for each concern.
 */
package org.alluvium.cli;
