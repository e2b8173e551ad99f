/**
 * What a step is made of: how long each operation of a backend took, and how many FLOPs it computes and bytes it moves at
 * least. The counts are functions of shapes; only times are measured.
 */
package org.alluvium.bench.operation;
