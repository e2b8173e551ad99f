/**
 * The dashboard as a person finds it who opens a long run, and as many find it who watch one for long. Its answers are compared
 * with those of others who read the same events.
 */
package org.alluvium.bench.dashboard;
