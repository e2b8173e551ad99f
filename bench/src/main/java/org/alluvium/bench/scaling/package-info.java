/**
 * Training processes of many sizes: how fast they are, and how much memory they take beside what they planned. Each is a process
 * of its own, with the JVM options of {@code alluvium train} and everything on that is on by default.
 */
package org.alluvium.bench.scaling;
