/** What was to be seen from outside while a deployment was disturbed, and what follows from it. */
package org.alluvium.cli.chaos.proof;
