/**
 * A backend for accelerators, whose kernels are written in Java and compiled by TornadoVM. Operations are recorded, and run as
 * programs when something is read.
 */
package org.alluvium.trainer.tornado;
