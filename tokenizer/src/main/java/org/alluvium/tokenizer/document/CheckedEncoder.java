package org.alluvium.tokenizer.document;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.reference.NativeEncoder;

/**
 * Our encoder, held to the reference on the documents that {@link Checks} name. The first document that differs ends their
 * {@link Agreement}; it and all that follow have the reference's ids. Thread-safe if {@link Watch} is.
 *
 * <p>So what is published depends on when a difference is found only where our encoder is wrong: as long as both agree, ids are
 * the same whoever gives them.
 *
 * <p>Texts longer than {@link NativeEncoder#SEGMENT_LENGTH} are not checked: the reference encodes those in segments, and
 * another choice of places to cut may be another choice among pieces of the same score.
 */
public final class CheckedEncoder implements AutoCloseable {

    private final Encoder fast;
    private final Optional<Encoder> reference;
    private final Checks checks;
    private final Agreement agreement;
    private final Watch watch;
    private final AtomicInteger firstLeft;

    /** Owns both encoders. */
    public CheckedEncoder(Encoder fast, Optional<Encoder> reference, Checks checks, Agreement agreement, Watch watch) {
        this.fast = fast;
        this.reference = reference;
        this.checks = checks;
        this.agreement = agreement;
        this.watch = watch;
        this.firstLeft = new AtomicInteger(checks.first());
    }

    /** One encoder, which nothing is compared with. */
    public static CheckedEncoder trusting(Encoder encoder) {
        return new CheckedEncoder(encoder, Optional.empty(), Checks.NONE, new Agreement(), Watch.NONE);
    }

    /**
     * The ids of a document.
     *
     * @param document its id, which decides whether it is checked, and names it where ids differ
     */
    int[] encode(String document, String text) {
        if (hasFallenBack()) {
            return referenceIds(text).orElseGet(() -> fast.encode(text));
        }
        int[] ids = fast.encode(text);
        boolean due = reference.isPresent() && text.length() <= NativeEncoder.SEGMENT_LENGTH && isDue(document);
        return due
                ? referenceIds(text)
                        .map(expected -> check(document, ids, expected))
                        .orElse(ids)
                : ids;
    }

    /** Empty if the reference refuses the text, where only ours has ids. */
    private Optional<int[]> referenceIds(String text) {
        try {
            return Optional.of(reference.orElseThrow().encode(text));
        } catch (DataException refused) {
            return Optional.empty();
        }
    }

    private boolean isDue(String document) {
        boolean first = firstLeft.get() > 0 && firstLeft.getAndDecrement() > 0;
        return first || checks.samples(document);
    }

    private int[] check(String document, int[] ids, int[] expected) {
        if (Arrays.equals(ids, expected)) {
            watch.agreed();
        } else {
            agreement.end();
            watch.differs(Disagreement.of(document, ids, expected));
        }
        return expected;
    }

    /** Whether the reference encodes, because a difference was found. */
    public boolean hasFallenBack() {
        return reference.isPresent() && !agreement.holds();
    }

    @Override
    public void close() {
        fast.close();
        reference.ifPresent(Encoder::close);
    }
}
