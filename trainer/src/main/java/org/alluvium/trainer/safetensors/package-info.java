/**
 * The file format of Hugging Face's safetensors, read and written as a stream. Numbers are floats in memory, whatever type
 * they have in a file.
 */
package org.alluvium.trainer.safetensors;
