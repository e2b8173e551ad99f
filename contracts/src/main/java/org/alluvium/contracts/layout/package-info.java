/** Where the files of a corpus and of a training run lie. Every other class asks here instead of spelling out names. */
package org.alluvium.contracts.layout;
