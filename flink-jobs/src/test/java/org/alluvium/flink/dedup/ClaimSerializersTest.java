package org.alluvium.flink.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.ask.AnswerSerializer;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.ask.HeldSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.RecordType;
import org.alluvium.ingest.record.SkipReason;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimSerializersTest {

    /** A value, and the type that writes it. */
    record Sample<T>(RecordType<T> type, T value) {
        TypeSerializer<T> serializer() {
            return type.createSerializer(new SerializerConfigImpl());
        }
    }

    static Stream<Sample<?>> samples() {
        return Stream.of(
                new Sample<>(ClaimSerializer.TYPE, new Claim(3, 1L << 40, -7, List.of(1L, Long.MIN_VALUE))),
                new Sample<>(BandSerializer.TYPE, new Claim.Band(3, Claim.RELEASE, 1L << 50, 13, -2)),
                new Sample<>(AnswerSerializer.TYPE, new Answer(127, 1L << 33, List.of(0, 13))),
                new Sample<>(HeldSerializer.TYPE, new Held(new Outcome.Skipped(SkipReason.NOT_TEXT), 5, 14)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void whatIsWrittenIsReadAgain(Sample<T> sample) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        sample.serializer().serialize(sample.value(), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(sample.serializer().deserialize(in)).isEqualTo(sample.value());
        assertThat(in.available()).isZero();
    }
}
