package org.alluvium.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBackBitForBit() throws IOException {
        Map<String, float[]> tensors = tensors();
        try (SafetensorsReader reader = SafetensorsReader.open(write(tensors))) {
            assertThat(reader.names()).containsExactlyElementsOf(tensors.keySet());
            assertThat(reader.metadata()).containsExactly(Map.entry("format", "pt"));
            for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
                assertThat(bits(reader.read(tensor.getKey()))).isEqualTo(bits(tensor.getValue()));
                assertThat(reader.shape(tensor.getKey())).containsExactly(tensor.getValue().length / 3, 3);
            }
        }
    }

    /** A second reader, which shares nothing with the first: a regular expression over the header, and raw offsets. */
    @Test
    void anIndependentReaderFindsTheSameNumbers() throws IOException {
        Map<String, float[]> tensors = tensors();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(write(tensors))).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = (int) file.getLong(0);
        assertThat(headerBytes % 8).isZero();
        String header = new String(file.array(), 8, headerBytes, StandardCharsets.UTF_8);
        Matcher entries = Pattern.compile("\"([^\"]+)\":\\{\"dtype\":\"F32\",\"shape\":\\[(\\d+),(\\d+)],"
                        + "\"data_offsets\":\\[(\\d+),(\\d+)]}")
                .matcher(header);
        Map<String, float[]> found = new LinkedHashMap<>();
        while (entries.find()) {
            int begin = Integer.parseInt(entries.group(4));
            int end = Integer.parseInt(entries.group(5));
            float[] values = new float[Integer.parseInt(entries.group(2)) * Integer.parseInt(entries.group(3))];
            assertThat(end - begin).isEqualTo(4 * values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = file.getFloat(8 + headerBytes + begin + 4 * i);
            }
            found.put(entries.group(1), values);
        }
        assertThat(found.keySet()).containsExactlyElementsOf(tensors.keySet());
        found.forEach((name, values) -> assertThat(bits(values)).isEqualTo(bits(tensors.get(name))));
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16"})
    void everyNumberOfSixteenBitsIsReadAndWrittenBack(Dtype dtype) {
        ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            all.putShort(2 * bits, (short) bits);
        }
        float[] numbers = new float[1 << 16];
        dtype.read(all, numbers, 0, numbers.length);
        ByteBuffer written = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        dtype.write(written, numbers, 0, numbers.length);
        for (int bits = 0; bits < 1 << 16; bits++) {
            if (Float.isNaN(numbers[bits])) {
                assertThat(read(dtype, written, bits)).isNaN();
            } else {
                assertThat(written.getShort(2 * bits)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void aNumberBetweenTwoOfSixteenBitsGoesToTheNearestAndATieToTheEvenOne() {
        assertThat(rounded(Dtype.BF16, 0x3F808000)).isEqualTo(0x3F800000);
        assertThat(rounded(Dtype.BF16, 0x3F818000)).isEqualTo(0x3F820000);
        assertThat(rounded(Dtype.BF16, 0x3F808001)).isEqualTo(0x3F810000);
        assertThat(rounded(Dtype.BF16, 0x7F7FFFFF)).isEqualTo(0x7F800000);
        assertThat(rounded(Dtype.BF16, 0x7F800001)).isEqualTo(0x7FC00000);
        assertThat(rounded(Dtype.F16, 0x3F801000)).isEqualTo(0x3F800000);
        assertThat(rounded(Dtype.F16, 0x3F803000)).isEqualTo(0x3F804000);
    }

    private static int rounded(Dtype dtype, int bits) {
        ByteBuffer written = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        dtype.write(written, new float[] {Float.intBitsToFloat(bits)}, 0, 1);
        return Float.floatToRawIntBits(read(dtype, written, 0));
    }

    private static float read(Dtype dtype, ByteBuffer from, int index) {
        float[] number = new float[1];
        dtype.read(from.slice(2 * index, 2).order(ByteOrder.LITTLE_ENDIAN), number, 0, 1);
        return number[0];
    }

    @Test
    void equalTensorsMakeEqualFiles() throws IOException {
        assertThat(write(tensors())).hasSameBinaryContentAs(write(tensors()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "not json",
                "{\"a\":",
                "{} {}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"
            })
    void aHeaderThatIsNotWhatTheFormatSaysIsRefused(String header) throws IOException {
        Path file = file(header, header.getBytes(StandardCharsets.UTF_8).length, 8);
        assertThatThrownBy(() -> SafetensorsReader.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 1L << 40, Long.MIN_VALUE})
    void aLengthThatTheFileDoesNotHaveIsNotBelieved(long announced) throws IOException {
        Path file = file("{}", announced, 0);
        assertThatThrownBy(() -> SafetensorsReader.open(file)).isInstanceOf(DataException.class);
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(Map.of("a", new float[] {1, 2, 3})));
        Path cut = folder.resolve("cut");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsReader.open(cut)).isInstanceOf(DataException.class);
        }
    }

    @Test
    void aTensorThatIsNotThereAndOneOfAnotherShapeAreNamed() throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(write(tensors()))) {
            assertThatThrownBy(() -> reader.read("c"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("tensor c");
            assertThatThrownBy(() -> reader.requireShape("small", List.of(3, 2)))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("[2, 3]")
                    .hasMessageContaining("[3, 2]");
        }
    }

    @Test
    void aMissingFileIsAStorageError() {
        assertThatThrownBy(() -> SafetensorsReader.open(folder.resolve("none")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aWriterRefusesAnotherSizeAndAnUnfinishedFile() throws IOException {
        SafetensorsWriter writer = SafetensorsWriter.begin(
                new ByteArrayOutputStream(),
                Map.of(),
                List.of(new SafetensorsWriter.Declaration("a", Dtype.F32, List.of(2))));
        assertThatThrownBy(() -> writer.write(new float[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }

    private static Map<String, float[]> tensors() {
        Random random = new Random(3);
        Map<String, float[]> tensors = new LinkedHashMap<>();
        tensors.put("small", new float[] {1.5f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 3});
        float[] large = new float[3 * 50_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = random.nextFloat();
        }
        tensors.put("larger than a buffer", large);
        tensors.put("empty", new float[0]);
        return tensors;
    }

    private Path write(Map<String, float[]> tensors) throws IOException {
        Path file = Files.createTempFile(folder, "tensors", "");
        List<SafetensorsWriter.Declaration> declarations = tensors.entrySet().stream()
                .map(tensor -> new SafetensorsWriter.Declaration(
                        tensor.getKey(), Dtype.F32, List.of(tensor.getValue().length / 3, 3)))
                .toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            SafetensorsWriter writer = SafetensorsWriter.begin(out, Map.of("format", "pt"), declarations);
            for (float[] tensor : tensors.values()) {
                writer.write(tensor);
            }
            writer.finish();
        }
        return file;
    }

    private Path file(String header, long announced, int dataBytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(announced)
                .array());
        bytes.write(header.getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[dataBytes]);
        return Files.write(folder.resolve("malformed"), bytes.toByteArray());
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
