/**
 * What a corpus of any size takes: a sheet of formulas with units over inputs that name their sources, each line of which can be
 * checked with pencil and paper. Nothing here knows what the lines are about; that is in {@code corpus.yaml}.
 */
package org.alluvium.cli.scale;
