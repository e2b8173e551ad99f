/**
 * Checkpoints: safetensors files in the Hugging Face Llama layout with everything a bit-exact resume needs beside them. They
 * are published atomically, written behind the training thread, verified before they are used, and kept in two tiers.
 */
package org.alluvium.trainer.checkpoint;
