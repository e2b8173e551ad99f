/**
 * What happens to a record inside the reader that has read it: it is parsed, held to the source's rate, and counted by the
 * circuit that stops a source of which too much is refused. It happens there because only there one source can rest while
 * the others go on.
 */
package org.alluvium.flink.intake;
