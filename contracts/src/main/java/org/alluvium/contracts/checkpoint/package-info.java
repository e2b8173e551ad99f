/** The manifest that makes a checkpoint folder one verifiable whole. */
package org.alluvium.contracts.checkpoint;
