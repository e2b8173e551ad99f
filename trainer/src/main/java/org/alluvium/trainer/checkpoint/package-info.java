/**
 * Checkpoints at rest: safetensors files in the Hugging Face Llama layout with everything a bit-exact resume needs beside them.
 * They are verified before a run goes on from them, and kept in two tiers.
 */
package org.alluvium.trainer.checkpoint;
