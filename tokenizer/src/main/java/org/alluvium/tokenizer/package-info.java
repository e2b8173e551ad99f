/** tokenizer. */
package org.alluvium.tokenizer;
