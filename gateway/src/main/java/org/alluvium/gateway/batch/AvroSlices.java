package org.alluvium.gateway.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.contracts.error.AlluviumException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Turns Avro into JSON records, by {@link AvroJson}. A container file brings its schema; a single-object message must be of
 * our own {@code Document}, since no other schema is known here. Thread-safe.
 */
final class AvroSlices {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] CONTAINER = {'O', 'b', 'j', 1};

    private final AvroJson mapping;
    private final long maxBytes;

    /** @param maxBytes longest that all records together may be as JSON: a compressed block can hold a thousandfold */
    AvroSlices(AvroJson mapping, long maxBytes) {
        this.mapping = mapping;
        this.maxBytes = maxBytes;
    }

    List<Slice> of(byte[] body) throws BrokenBodyException {
        if (body.length == 0) {
            return List.of();
        }
        return Arrays.mismatch(body, CONTAINER) == CONTAINER.length ? container(body) : message(body);
    }

    private List<Slice> message(byte[] body) throws BrokenBodyException {
        try {
            GenericRecord document = DocumentAvro.toRecord(new DocumentAvro(List.of()).decode(body, "byte 0"));
            return List.of(new Slice(0, json(document)));
        } catch (AlluviumException | IOException malformed) {
            throw new BrokenBodyException(1, 0, malformed.getMessage(), malformed);
        }
    }

    private List<Slice> container(byte[] body) throws BrokenBodyException {
        List<Slice> slices = new ArrayList<>();
        long block = 0;
        long bytes = 0;
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(body), new GenericDatumReader<>())) {
            if (reader.getSchema().getType() != Schema.Type.RECORD) {
                throw new IOException("the schema of the file is not a record's");
            }
            while (reader.hasNext()) {
                block = reader.previousSync();
                Slice slice = new Slice(block, json(reader.next()));
                bytes += slice.json().length;
                if (bytes > maxBytes) {
                    throw new IOException(
                            "the records are more than " + maxBytes + " bytes of JSON; send fewer at once");
                }
                slices.add(slice);
            }
            return slices;
        } catch (IOException | AvroRuntimeException malformed) {
            throw new BrokenBodyException(slices.size() + 1, block, malformed.getMessage(), malformed);
        }
    }

    private byte[] json(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            mapping.write(record, out);
        }
        return bytes.toByteArray();
    }
}
