package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.Framing;
import org.junit.jupiter.api.Test;

/** The bytes that savepoints hold: what was written by a release is read by every later one. */
class StateFormatTest {

    private static final FileRef FILE = new FileRef("news", "a/ü.gz", 0x0102030405L, 0x1112131415L);
    private static final ReadProgress PROGRESS = new ReadProgress(33, 7, new Fingerprint(34, -1), Status.OPEN);
    private static final FileSplit SPLIT = new FileSplit(5, FILE, new Framing.Range(16, 48), PROGRESS);

    private static final String FILE_BYTES =
            "00046e657773" + "0007612fc3bc2e677a" + "0000000102030405" + "0000001112131415";
    private static final String RANGE_BYTES = "0000000000000010" + "0000000000000030";
    private static final String POSITION_BYTES =
            "0000000000000021" + "0000000000000007" + "0000000000000022" + "ffffffffffffffff";
    private static final String SPLIT_BYTES = "0000000000000005" + FILE_BYTES + RANGE_BYTES + POSITION_BYTES + "00";

    private static final CatalogState STATE = new CatalogState(
            9,
            List.of(SPLIT),
            List.of(
                    new KnownFile(FILE, 16, PROGRESS, new TreeSet<>(List.of(5L, 6L))),
                    new KnownFile(FILE, 0, PROGRESS.withStatus(Status.FINISHED), new TreeSet<>()),
                    new KnownFile(FILE, 0, PROGRESS.withStatus(Status.REFUSED), new TreeSet<>())));

    private static final String START_BYTES = "0000000000000000";
    private static final String STATE_BYTES = "0000000000000009"
            + ("00000001" + SPLIT_BYTES)
            + "00000003"
            + (FILE_BYTES + "0000000000000010" + POSITION_BYTES + "00")
            + ("00000002" + "0000000000000005" + "0000000000000006")
            + (FILE_BYTES + START_BYTES + POSITION_BYTES + "01" + "00000000")
            + (FILE_BYTES + START_BYTES + POSITION_BYTES + "02" + "00000000");

    private static final String SPLIT_BYTES_V1 = "0000000000000005" + FILE_BYTES + POSITION_BYTES + "00";
    private static final String STATE_BYTES_V1 = "0000000000000009"
            + ("00000001" + SPLIT_BYTES_V1)
            + "00000002"
            + (FILE_BYTES + POSITION_BYTES + "00" + "0000000000000005")
            + (FILE_BYTES + POSITION_BYTES + "01" + "ffffffffffffffff");

    @Test
    void versionTwoOfASplitNeverChanges() throws IOException {
        FileSplitSerializer serializer = new FileSplitSerializer();
        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(SPLIT_BYTES);
        assertThat(serializer.deserialize(2, HexFormat.of().parseHex(SPLIT_BYTES)))
                .isEqualTo(SPLIT);
    }

    @Test
    void versionTwoOfTheCatalogNeverChanges() throws IOException {
        CatalogStateSerializer serializer = new CatalogStateSerializer();
        assertThat(HexFormat.of().formatHex(serializer.serialize(STATE))).isEqualTo(STATE_BYTES);
        assertThat(serializer.deserialize(2, HexFormat.of().parseHex(STATE_BYTES)))
                .isEqualTo(STATE);
    }

    @Test
    void aSplitOfVersionOneIsAWholeFile() throws IOException {
        assertThat(new FileSplitSerializer().deserialize(1, HexFormat.of().parseHex(SPLIT_BYTES_V1)))
                .isEqualTo(FileSplit.ofWhole(5, FILE, PROGRESS));
    }

    @Test
    void aCatalogOfVersionOneIsRead() throws IOException {
        CatalogState read =
                new CatalogStateSerializer().deserialize(1, HexFormat.of().parseHex(STATE_BYTES_V1));
        assertThat(read)
                .isEqualTo(new CatalogState(
                        9,
                        List.of(FileSplit.ofWhole(5, FILE, PROGRESS)),
                        List.of(
                                new KnownFile(FILE, 0, PROGRESS, new TreeSet<>(List.of(5L))),
                                new KnownFile(FILE, 0, PROGRESS.withStatus(Status.FINISHED), new TreeSet<>()))));
    }

    @Test
    void stateOfANewerReleaseIsRefused() {
        assertThatThrownBy(() -> new FileSplitSerializer().deserialize(3, new byte[0]))
                .hasMessageContaining("newer release");
        assertThatThrownBy(() -> new CatalogStateSerializer().deserialize(3, new byte[0]))
                .hasMessageContaining("newer release");
    }
}
