package org.alluvium.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroBodyTest {

    private static final Schema EVERYTHING = new Schema.Parser().parse("""
            {"type": "record", "name": "Everything", "fields": [
              {"name": "nothing", "type": "null"},
              {"name": "flag", "type": "boolean"},
              {"name": "small", "type": "int"},
              {"name": "large", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "exact", "type": "double"},
              {"name": "raw", "type": "bytes"},
              {"name": "two", "type": {"type": "fixed", "name": "Two", "size": 2}},
              {"name": "text", "type": "string"},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "maybe", "type": ["null", "string"]},
              {"name": "list", "type": {"type": "array", "items": "int"}},
              {"name": "map", "type": {"type": "map", "values": "long"}},
              {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
                 {"name": "a", "type": "string"}]}}]}""");

    private static final Schema TEXT = record("{\"name\": \"text\", \"type\": \"string\"}");

    private static Schema record(String field) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + field + "]}");
    }

    private static GenericRecord everything() {
        return new GenericRecordBuilder(EVERYTHING)
                .set("nothing", null)
                .set("flag", true)
                .set("small", Integer.MIN_VALUE)
                .set("large", Long.MAX_VALUE)
                .set("single", 1.5f)
                .set("exact", -0.1)
                .set("raw", ByteBuffer.wrap(new byte[] {0, (byte) 0xFF}))
                .set("two", new GenericData.Fixed(EVERYTHING.getField("two").schema(), new byte[] {1, 2}))
                .set("text", "Größe 😀 \uFFFD")
                .set(
                        "colour",
                        new GenericData.EnumSymbol(EVERYTHING.getField("colour").schema(), "GREEN"))
                .set("maybe", "there")
                .set("list", List.of(1, -2, 3))
                .set("map", Map.of("k", 5L))
                .set(
                        "inner",
                        new GenericRecordBuilder(EVERYTHING.getField("inner").schema())
                                .set("a", "b")
                                .build())
                .build();
    }

    private static byte[] encode(GenericRecord record, boolean blocking) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EncoderFactory encoders = EncoderFactory.get();
        BinaryEncoder encoder =
                blocking ? encoders.blockingBinaryEncoder(bytes, null) : encoders.binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void everyTypeIsReadAsTheLibraryWritesIt() throws Exception {
        ObjectNode read = AvroBody.read(EVERYTHING, encode(everything(), false), 0);

        assertThat(read.toString()).isEqualTo("""
                {"nothing":null,"flag":true,"small":-2147483648,"large":9223372036854775807,"single":1.5,"exact":-0.1,\
                "raw":"\\u0000ÿ","two":"\\u0001\\u0002","text":"Größe 😀 \uFFFD","colour":"GREEN","maybe":"there",\
                "list":[1,-2,3],"map":{"k":5},"inner":{"a":"b"}}""");
    }

    @Test
    void blocksThatCarryTheirSizeAreReadTheSame() throws Exception {
        byte[] blocked = encode(everything(), true);

        assertThat(blocked).isNotEqualTo(encode(everything(), false));
        assertThat(AvroBody.read(EVERYTHING, blocked, 0))
                .isEqualTo(AvroBody.read(EVERYTHING, encode(everything(), false), 0));
    }

    @Test
    void aMessageCutAnywhereIsRefused() throws Exception {
        byte[] whole = encode(everything(), false);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> AvroBody.read(EVERYTHING, cut, 0)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void aMessageWithOneByteChangedIsReadOrRefusedAndNothingElse() throws Exception {
        byte[] whole = encode(everything(), false);
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                assertThat(readOrRefused(changed)).isTrue();
            }
        }
    }

    private static boolean readOrRefused(byte[] message) {
        try {
            return AvroBody.read(EVERYTHING, message, 0).size()
                    == EVERYTHING.getFields().size();
        } catch (MalformedMessageException refused) {
            return refused.getMessage() != null;
        }
    }

    @Test
    void whatFollowsTheRecordIsRefused() {
        assertThatThrownBy(() -> AvroBody.read(TEXT, hex("026100"), 0))
                .hasMessage("1 bytes follow the record of R, which ends at byte 2");
    }

    @Test
    void aLengthBeyondTheMessageTakesNoMemory() {
        assertThatThrownBy(() -> AvroBody.read(TEXT, hex("f0ffffff0e"), 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("0 bytes are left");
    }

    @Test
    void itemsWithoutBytesAreNotCountedForever() {
        Schema nulls = record("{\"name\": \"n\", \"type\": {\"type\": \"array\", \"items\": \"null\"}}");

        assertThatThrownBy(() -> AvroBody.read(nulls, hex("feffffffffffffffff01"), 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("more values than bytes");
    }

    @Test
    void aBlockWithTheSmallestOfAllCountsIsRefused() {
        Schema nulls = record("{\"name\": \"n\", \"type\": {\"type\": \"array\", \"items\": \"null\"}}");

        assertThatThrownBy(() -> AvroBody.read(nulls, hex("ffffffffffffffffff010000"), 0))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aRecursiveSchemaLeadsNoDeeperThanTheLimit() {
        Schema list = record("{\"name\": \"next\", \"type\": [\"null\", \"R\"]}");
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);

        assertThatThrownBy(() -> AvroBody.read(list, deep, 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void aStringThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> AvroBody.read(TEXT, hex("02ff"), 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aBranchThatIsNoRecordIsRefused() {
        Schema union = new Schema.Parser().parse("[\"null\", {\"type\": \"record\", \"name\": \"E\", \"fields\": []}]");

        assertThatThrownBy(() -> AvroBody.read(union, hex("00"), 0)).hasMessageContaining("not a record");
    }
}
