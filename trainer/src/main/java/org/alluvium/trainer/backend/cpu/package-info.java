/**
 * The backend for any machine: matrix products by oneDNN where its library loads, everything else in the Vector API, on a
 * fixed team of threads. Work is cut into tiles that depend on shapes alone, so results do not depend on the team.
 */
package org.alluvium.trainer.backend.cpu;
