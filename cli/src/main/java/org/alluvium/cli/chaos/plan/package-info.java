/** What is to go wrong, and when: a pure function of a seed and a number of minutes. */
package org.alluvium.cli.chaos.plan;
