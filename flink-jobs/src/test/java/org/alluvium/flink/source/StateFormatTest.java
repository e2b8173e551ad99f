package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.junit.jupiter.api.Test;

/** The bytes that savepoints hold: what was written by a release is read by every later one. */
class StateFormatTest {

    private static final FileRef FILE = new FileRef("news", "a/ü.gz", 0x0102030405L, 0x1112131415L);
    private static final ReadProgress PROGRESS = new ReadProgress(33, 7, new Fingerprint(34, -1), Status.OPEN);
    private static final FileSplit SPLIT = new FileSplit(5, FILE, PROGRESS);

    private static final String FILE_BYTES =
            "00046e657773" + "0007612fc3bc2e677a" + "0000000102030405" + "0000001112131415";
    private static final String POSITION_BYTES =
            "0000000000000021" + "0000000000000007" + "0000000000000022" + "ffffffffffffffff";
    private static final String SPLIT_BYTES = "0000000000000005" + FILE_BYTES + POSITION_BYTES + "00";

    private static final CatalogState STATE = new CatalogState(
            9,
            List.of(SPLIT),
            List.of(
                    new KnownFile(FILE, PROGRESS, OptionalLong.of(5)),
                    new KnownFile(FILE, PROGRESS.withStatus(Status.FINISHED), OptionalLong.empty()),
                    new KnownFile(FILE, PROGRESS.withStatus(Status.REFUSED), OptionalLong.empty())));

    private static final String STATE_BYTES = "0000000000000009"
            + ("00000001" + SPLIT_BYTES)
            + "00000003"
            + (FILE_BYTES + POSITION_BYTES + "00" + "0000000000000005")
            + (FILE_BYTES + POSITION_BYTES + "01" + "ffffffffffffffff")
            + (FILE_BYTES + POSITION_BYTES + "02" + "ffffffffffffffff");

    @Test
    void versionOneOfASplitNeverChanges() throws IOException {
        FileSplitSerializer serializer = new FileSplitSerializer();
        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(SPLIT_BYTES);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(SPLIT_BYTES)))
                .isEqualTo(SPLIT);
    }

    @Test
    void versionOneOfTheCatalogNeverChanges() throws IOException {
        CatalogStateSerializer serializer = new CatalogStateSerializer();
        assertThat(HexFormat.of().formatHex(serializer.serialize(STATE))).isEqualTo(STATE_BYTES);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(STATE_BYTES)))
                .isEqualTo(STATE);
    }

    @Test
    void stateOfANewerReleaseIsRefused() {
        assertThatThrownBy(() -> new FileSplitSerializer().deserialize(2, new byte[0]))
                .hasMessageContaining("newer release");
        assertThatThrownBy(() -> new CatalogStateSerializer().deserialize(2, new byte[0]))
                .hasMessageContaining("newer release");
    }
}
