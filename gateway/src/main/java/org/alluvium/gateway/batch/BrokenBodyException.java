package org.alluvium.gateway.batch;

/** The body cannot be cut into records. */
final class BrokenBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int record;
    private final long at;

    /**
     * @param record number of the record at which it cannot, counted from 1
     * @param at byte of the body at which that record begins
     */
    BrokenBodyException(int record, long at, String detail, Throwable cause) {
        super(detail, cause);
        this.record = record;
        this.at = at;
    }

    int record() {
        return record;
    }

    long at() {
        return at;
    }
}
