/**
 * What a model makes of a text: how likely each token was, where heads look. And the reports of it that stay when checkpoints
 * go.
 */
package org.alluvium.trainer.probe;
