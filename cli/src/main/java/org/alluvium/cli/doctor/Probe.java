package org.alluvium.cli.doctor;

/** Looks at one thing. Never throws: what it can't find out is a finding too. */
@FunctionalInterface
interface Probe {

    Finding look();
}
