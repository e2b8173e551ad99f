/**
 * One class for each command: its options, its help, and the calls it makes. What is computed or shown belongs elsewhere,
 * so that it can be tested without a command line.
 */
package org.alluvium.cli.command;
