package org.alluvium.ingest.parquet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Rows as JSON objects in UTF-8, with the fields in the order of the schema.
 *
 * <ul>
 *   <li>What is null is left out; in lists it is {@code null}.
 *   <li>Groups are objects, lists arrays, maps arrays of objects with {@code key} and {@code value}.
 *   <li>Values are what {@link ValueJson} makes of them.
 * </ul>
 *
 * Text is copied byte for byte: where a column of text holds what is no UTF-8, so does the JSON, and the record is refused as
 * any other such record is.
 */
final class RowJson extends RecordMaterializer<byte[]> {

    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final GroupConverter root;

    RowJson(MessageType schema) {
        try {
            this.json = JSON.createGenerator(bytes).setRootValueSeparator(null);
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
        this.root = new ObjectConverter(schema, () -> {});
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    @Override
    public byte[] getCurrentRecord() {
        try {
            json.flush();
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
        byte[] row = bytes.toByteArray();
        bytes.reset();
        return row;
    }

    /** What is to be written before a value, for it to stand in its place. */
    interface Place {
        void enter() throws IOException;
    }

    /** A part of writing, which memory cannot make fail. */
    interface Writing {
        void write() throws IOException;
    }

    static void write(Writing part) {
        try {
            part.write();
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    private static UncheckedIOException inMemory(IOException impossible) {
        return new UncheckedIOException("writing to memory failed", impossible);
    }

    private Converter converter(Type type, Place place) {
        if (type.isPrimitive()) {
            return new ValueJson(type.asPrimitiveType(), json, place);
        }
        GroupType group = type.asGroupType();
        return isSequence(group) ? new ListConverter(group, place) : new ObjectConverter(group, place);
    }

    private static boolean isSequence(GroupType group) {
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        return (logical instanceof ListLogicalTypeAnnotation || logical instanceof MapLogicalTypeAnnotation)
                && group.getFieldCount() == 1
                && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    }

    /** A group as an object. The values of a field that repeats come one after the other, and are an array. */
    private final class ObjectConverter extends GroupConverter {

        private static final int NONE = -1;

        private final Place place;
        private final Converter[] fields;
        private int openArray = NONE;

        ObjectConverter(GroupType group, Place place) {
            this.place = place;
            this.fields = new Converter[group.getFieldCount()];
            for (int i = 0; i < fields.length; i++) {
                int field = i;
                Type type = group.getType(i);
                fields[i] = converter(type, () -> begin(field, type));
            }
        }

        private void begin(int field, Type type) throws IOException {
            if (openArray == field) {
                return;
            }
            closeArray();
            json.writeFieldName(type.getName());
            if (type.isRepetition(Type.Repetition.REPEATED)) {
                json.writeStartArray();
                openArray = field;
            }
        }

        private void closeArray() throws IOException {
            if (openArray != NONE) {
                json.writeEndArray();
                openArray = NONE;
            }
        }

        @Override
        public Converter getConverter(int field) {
            return fields[field];
        }

        @Override
        public void start() {
            write(() -> {
                place.enter();
                json.writeStartObject();
            });
        }

        @Override
        public void end() {
            write(() -> {
                closeArray();
                json.writeEndObject();
            });
        }
    }

    /**
     * A list: a group of one group that repeats, of one field, which is the element. In maps, and in lists of older files, the
     * group that repeats is the element itself and has more fields.
     */
    private final class ListConverter extends GroupConverter {

        private final Place place;
        private final Converter elements;

        ListConverter(GroupType list, Place place) {
            Type repeated = list.getType(0);
            boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
            this.place = place;
            this.elements = wrapped ? new ElementConverter(repeated.asGroupType()) : converter(repeated, () -> {});
        }

        @Override
        public Converter getConverter(int field) {
            return elements;
        }

        @Override
        public void start() {
            write(() -> {
                place.enter();
                json.writeStartArray();
            });
        }

        @Override
        public void end() {
            write(json::writeEndArray);
        }
    }

    private final class ElementConverter extends GroupConverter {

        private final Converter element;
        private boolean present;

        ElementConverter(GroupType wrapper) {
            this.element = converter(wrapper.getType(0), () -> present = true);
        }

        @Override
        public Converter getConverter(int field) {
            return element;
        }

        @Override
        public void start() {
            present = false;
        }

        @Override
        public void end() {
            if (!present) {
                write(json::writeNull);
            }
        }
    }
}
