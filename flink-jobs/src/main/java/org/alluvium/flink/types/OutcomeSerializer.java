package org.alluvium.flink.types;

import java.io.IOException;
import java.util.Optional;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.types.Outcome.Duplicate.Kind;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SkipReason;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One byte that says which kind, then the components in the order in which the record declares them, encoded as {@link
 * Fields} says. Outcomes travel between tasks of one version and never rest in state, so no earlier format is read.
 */
public final class OutcomeSerializer extends RecordSerializer<Outcome> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private static final byte CANDIDATE = 1;
    private static final byte DUPLICATE = 2;
    private static final byte ACCEPTED = 3;
    private static final byte REFUSED = 4;
    private static final byte PROGRESS = 5;
    private static final byte SKIPPED = 6;
    private static final byte WITHDRAWAL = 7;
    private static final byte FORGET = 8;
    private static final byte UNJUDGED = 9;
    private static final byte REJECTED = 10;
    private static final byte EDITED = 11;
    private static final byte MIXED = 12;

    static final OutcomeSerializer CURRENT = new OutcomeSerializer(VERSION);

    public static final RecordType<Outcome> TYPE = new RecordType<>(Outcome.class, CURRENT);

    private OutcomeSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Outcome outcome, DataOutputView out) throws IOException {
        if (outcome instanceof Outcome.Candidate candidate) {
            out.writeByte(CANDIDATE);
            writeCandidate(candidate, out);
        } else if (outcome instanceof Outcome.Unjudged unjudged) {
            out.writeByte(UNJUDGED);
            DocumentFields.write(unjudged.document(), out);
            out.writeBoolean(unjudged.versioned());
            out.writeLong(unjudged.arrivedMillis());
            Fields.writeCounts(unjudged.edits(), out);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            out.writeByte(REJECTED);
            RejectFields.write(rejected.reject(), out);
            out.writeBoolean(rejected.versioned());
            out.writeBoolean(rejected.stored());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            out.writeByte(DUPLICATE);
            Fields.writeHash(duplicate.hash(), out);
            Fields.writeString(duplicate.kind().name(), out);
        } else if (outcome instanceof Outcome.Accepted accepted) {
            out.writeByte(ACCEPTED);
            writeRow(accepted.row(), out);
            Fields.writeTokens(accepted.tokens(), out);
        } else if (outcome instanceof Outcome.Refused refused) {
            out.writeByte(REFUSED);
            writeLetter(refused.letter(), out);
        } else if (outcome instanceof Outcome.Skipped skipped) {
            out.writeByte(SKIPPED);
            Fields.writeString(skipped.reason().name(), out);
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            out.writeByte(WITHDRAWAL);
            writeChange(withdrawal.change(), out);
        } else if (outcome instanceof Outcome.Forget forget) {
            out.writeByte(FORGET);
            Fields.writeHash(forget.hash(), out);
            Fields.writeHash(forget.holder(), out);
        } else if (outcome instanceof Outcome.Edited edited) {
            out.writeByte(EDITED);
            out.writeInt(edited.subtask());
            Fields.writeCounts(edited.edits(), out);
        } else if (outcome instanceof Outcome.Mixed mixed) {
            out.writeByte(MIXED);
            out.writeInt(mixed.subtask());
            MixtureFields.write(mixed.shares(), out);
        } else {
            Outcome.Progress progress = (Outcome.Progress) outcome;
            out.writeByte(PROGRESS);
            out.writeInt(progress.subtask());
            out.writeLong(progress.read());
            Fields.writePositions(progress.positions(), out);
        }
    }

    @Override
    public Outcome deserialize(DataInputView in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case CANDIDATE -> readCandidate(in);
            case UNJUDGED ->
                new Outcome.Unjudged(DocumentFields.read(in), in.readBoolean(), in.readLong(), Fields.readCounts(in));
            case REJECTED -> new Outcome.Rejected(RejectFields.read(in), in.readBoolean(), in.readBoolean());
            case DUPLICATE -> new Outcome.Duplicate(Fields.readHash(in), Kind.valueOf(Fields.readString(in)));
            case ACCEPTED -> new Outcome.Accepted(readRow(in), Fields.readTokens(in));
            case REFUSED -> new Outcome.Refused(readLetter(in));
            case SKIPPED -> new Outcome.Skipped(SkipReason.valueOf(Fields.readString(in)));
            case WITHDRAWAL -> new Outcome.Withdrawal(readChange(in));
            case FORGET -> new Outcome.Forget(Fields.readHash(in), Fields.readHash(in));
            case EDITED -> new Outcome.Edited(in.readInt(), Fields.readCounts(in));
            case MIXED -> new Outcome.Mixed(in.readInt(), MixtureFields.read(in));
            case PROGRESS -> new Outcome.Progress(in.readInt(), in.readLong(), Fields.readPositions(in));
            default -> throw new IOException("no outcome is written with the kind " + kind);
        };
    }

    private static void writeCandidate(Outcome.Candidate candidate, DataOutputView out) throws IOException {
        Fields.writeHash(candidate.hash(), out);
        DocumentFields.write(candidate.document(), out);
        Fields.writeOptional(candidate.quality(), out);
        out.writeInt(candidate.repeat());
        out.writeBoolean(candidate.versioned());
        out.writeLong(candidate.arrivedMillis());
    }

    private static Outcome.Candidate readCandidate(DataInputView in) throws IOException {
        return new Outcome.Candidate(
                Fields.readHash(in),
                DocumentFields.read(in),
                Fields.readOptionalDouble(in),
                in.readInt(),
                in.readBoolean(),
                in.readLong());
    }

    private static void writeRow(ShardRow row, DataOutputView out) throws IOException {
        Fields.writeString(row.documentId(), out);
        Fields.writeString(row.source(), out);
        Fields.writeString(row.origin(), out);
        Fields.writeOptional(row.url(), out);
        out.writeLong(row.eventTimeMillis());
        Fields.writeOptional(row.ingestTimeMillis(), out);
        Fields.writeOptional(row.language(), out);
        out.writeFloat(row.quality());
        Fields.writeHash(row.contentHash(), out);
        out.writeInt(row.repeat());
        Fields.writeIds(row.inputIds(), out);
        out.writeLong(row.textBytes());
    }

    private static ShardRow readRow(DataInputView in) throws IOException {
        return new ShardRow(
                Fields.readString(in),
                Fields.readString(in),
                Fields.readString(in),
                Fields.readOptional(in),
                in.readLong(),
                Fields.readOptionalLong(in),
                Fields.readOptional(in),
                in.readFloat(),
                Fields.readHash(in),
                in.readInt(),
                Fields.readIds(in),
                in.readLong());
    }

    private static void writeLetter(DeadLetter letter, DataOutputView out) throws IOException {
        Fields.writeString(letter.source(), out);
        Fields.writeString(letter.origin(), out);
        out.writeLong(letter.timeMillis());
        Fields.writeOptional(letter.key(), out);
        out.writeInt(letter.attempt());
        Fields.writeString(letter.reason().code(), out);
        Fields.writeString(letter.detail(), out);
        Fields.writeBytes(letter.bytes(), out);
        out.writeLong(letter.length());
    }

    private static DeadLetter readLetter(DataInputView in) throws IOException {
        return new DeadLetter(
                Fields.readString(in),
                Fields.readString(in),
                in.readLong(),
                Fields.readOptional(in),
                in.readInt(),
                DeadLetterReason.ofCode(Fields.readString(in)),
                Fields.readString(in),
                Fields.readBytes(in),
                in.readLong());
    }

    private static void writeChange(DocumentChange change, DataOutputView out) throws IOException {
        Fields.writeString(change.source(), out);
        Fields.writeString(change.id(), out);
        Fields.writeString(change.kind().name(), out);
        out.writeBoolean(change.withdrawn().isPresent());
        if (change.withdrawn().isPresent()) {
            Fields.writeHash(change.withdrawn().get(), out);
        }
        Fields.writeString(change.origin(), out);
        out.writeLong(change.timeMillis());
    }

    private static DocumentChange readChange(DataInputView in) throws IOException {
        return new DocumentChange(
                Fields.readString(in),
                Fields.readString(in),
                DocumentChange.Kind.valueOf(Fields.readString(in)),
                in.readBoolean() ? Optional.of(Fields.readHash(in)) : Optional.empty(),
                Fields.readString(in),
                in.readLong());
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Outcome> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected OutcomeSerializer serializerOf(int version) {
            return new OutcomeSerializer(version);
        }
    }
}
