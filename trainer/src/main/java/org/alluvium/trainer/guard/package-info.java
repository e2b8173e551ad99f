/**
 * The spike guard: which steps must not change the model, which documents are behind them, and where the run goes back to.
 * Everything here is a pure function of the steps taken so far; restoring, recording and telling are done elsewhere.
 */
package org.alluvium.trainer.guard;
