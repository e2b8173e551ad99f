package org.alluvium.trainer.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a safetensors file (format of Hugging Face's {@code safetensors} 0.4). A file is
 *
 * <pre>
 *   [uint64, little-endian]  length N of the header in bytes, at most {@link #MAX_BYTES}
 *   [N bytes, UTF-8]         a JSON object, beginning with '{', padded with spaces so that the data begins at a multiple of 8
 *   [bytes]                  the tensors, row-major, little-endian, one after another without gaps
 *
 *   {"__metadata__": {string: string, …},
 *    "&lt;name&gt;": {"dtype": "F32", "shape": [out, in], "data_offsets": [begin, end]}, …}
 * </pre>
 *
 * with offsets counted from the first byte after the header. Types are those of {@link Dtype}. We write tensors in the order
 * given, and of the metadata keys in ascending order, so that equal tensors make equal bytes. We refuse what we do not
 * write: other types, duplicate names, tensors that overlap or leave gaps, and bytes after the last one.
 *
 * @param metadata free strings; {@code format: pt} is what loaders look for
 * @param tensors in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<Tensor> tensors) {

    /** The format's own limit, which keeps a damaged length from being believed. */
    static final int MAX_BYTES = 100_000_000;

    static final int LENGTH_BYTES = 8;

    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * A tensor.
     *
     * @param begin first byte, counted from the end of the header
     */
    record Tensor(String name, Dtype dtype, List<Long> shape, long begin) {

        Tensor {
            shape = List.copyOf(shape);
        }

        long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }

        long end() {
            return Math.addExact(begin, Math.multiplyExact(elements(), (long) dtype.bytes()));
        }
    }

    SafetensorsHeader {
        metadata = Map.copyOf(metadata);
        tensors = List.copyOf(tensors);
    }

    /** Bytes of all tensors together. */
    long dataBytes() {
        return tensors.isEmpty() ? 0 : tensors.getLast().end();
    }

    /** The header's JSON, padded, without its length. */
    byte[] encode() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode strings = root.putObject(METADATA);
        new TreeMap<>(metadata).forEach(strings::put);
        for (Tensor tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", tensor.dtype().name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.putArray("data_offsets").add(tensor.begin()).add(tensor.end());
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
        byte[] header = Arrays.copyOf(json, padded);
        Arrays.fill(header, json.length, padded, (byte) ' ');
        return header;
    }

    /**
     * Reads a header and checks it against the size of the data that follows it.
     *
     * @param dataBytes bytes of the file after the header
     * @throws MalformedTensorsException naming what is wrong
     */
    static SafetensorsHeader decode(byte[] header, long dataBytes) throws MalformedTensorsException {
        if (header.length == 0 || header[0] != '{') {
            throw new MalformedTensorsException("the header does not begin with '{'");
        }
        JsonNode root;
        try {
            root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new MalformedTensorsException("the header is not JSON: " + e.getOriginalMessage(), e);
        }
        Map<String, String> metadata = new TreeMap<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                for (Map.Entry<String, JsonNode> string : field.getValue().properties()) {
                    metadata.put(string.getKey(), string.getValue().asText());
                }
            } else {
                tensors.add(tensor(field.getKey(), field.getValue()));
            }
        }
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        requireContiguous(tensors, dataBytes);
        return new SafetensorsHeader(metadata, tensors);
    }

    private static Tensor tensor(String name, JsonNode entry) throws MalformedTensorsException {
        Dtype dtype = dtype(name, entry.path("dtype"));
        JsonNode offsets = entry.path("data_offsets");
        if (!entry.path("shape").isArray() || offsets.size() != 2) {
            throw new MalformedTensorsException("tensor " + name + " has no shape or no pair of data_offsets");
        }
        List<Long> shape = new ArrayList<>();
        for (JsonNode dimension : entry.path("shape")) {
            shape.add(natural(name, dimension));
        }
        Tensor tensor = new Tensor(name, dtype, shape, natural(name, offsets.get(0)));
        long end = natural(name, offsets.get(1));
        try {
            if (tensor.end() != end) {
                throw new MalformedTensorsException("tensor " + name + " of shape " + shape + " ends at byte " + end
                        + ", where its shape says " + tensor.end());
            }
        } catch (ArithmeticException e) {
            throw new MalformedTensorsException("tensor " + name + " of shape " + shape + " is too large", e);
        }
        return tensor;
    }

    private static Dtype dtype(String name, JsonNode written) throws MalformedTensorsException {
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(written.asText())) {
                return dtype;
            }
        }
        throw new MalformedTensorsException(
                "tensor " + name + " has type " + written + "; those of " + List.of(Dtype.values()) + " are read");
    }

    private static long natural(String name, JsonNode number) throws MalformedTensorsException {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
            throw new MalformedTensorsException("tensor " + name + " has " + number + " where a size belongs");
        }
        return number.asLong();
    }

    private static void requireContiguous(List<Tensor> tensors, long dataBytes) throws MalformedTensorsException {
        long end = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != end) {
                throw new MalformedTensorsException("tensor " + tensor.name() + " begins at byte " + tensor.begin()
                        + ", where the one before ends at " + end);
            }
            end = tensor.end();
        }
        if (end != dataBytes) {
            throw new MalformedTensorsException(
                    "the header speaks of " + end + " bytes of tensors and the file has " + dataBytes);
        }
    }
}
