package org.alluvium.ingest.pii.span;

/** Recognizes one kind of number. Stateless. */
public interface NumberRule {

    /**
     * Looks whether such a number begins with a group, and adds it to the spans.
     *
     * @return how many groups it takes up; 0 if there is none
     */
    int match(DigitGroups groups, int first, Spans out);
}
