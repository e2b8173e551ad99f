package org.alluvium.trainer.optim;

import java.util.Optional;

/**
 * What one update of a model needs to know. A pure function of the step's number, so that nothing of it is kept.
 *
 * @param number 1 for the first update; decides the bias correction
 * @param gradientClip largest global norm of the gradients, or 0 for none
 * @param cautiousDecay whether a weight decays only where the update moves it towards 0, too (arXiv 2510.12402)
 * @param adamW for every parameter, or with Muon for those that it leaves
 * @param muon for the matrices of the blocks
 * @param averageShare of the distance to the weights that their running average goes, where there is one
 */
public record Update(
        long number,
        double gradientClip,
        boolean cautiousDecay,
        AdamW adamW,
        Optional<Muon> muon,
        double averageShare) {

    /** AdamW for every parameter, with plain weight decay. */
    public Update(long number, double gradientClip, AdamW adamW) {
        this(number, gradientClip, false, adamW, Optional.empty(), 0);
    }
}
