package org.alluvium.flink.source;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.IngestConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.flink.intake.Intake;
import org.alluvium.flink.intake.IntakeMetrics;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.file.FileRecordReader;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the files of all configured folders, as they appear, into one sequence of records (FLIP-27).
 *
 * <p>All folders are one source, because the order of records must be one order. It is decided by the order in which files
 * appear: each look into the folders is a round, rounds follow each other, and in a round files come in the order of the
 * configuration's sources and then of their paths. Read by one reader, records come in that order, in a replay after a
 * failure as well; see {@link SplitCatalog}. Files that appear in the order of their paths, in one folder, are read in that
 * order however rounds fall.
 *
 * <p>Everything in a file becomes a record, and whatever cannot be read becomes one record that says so: the source itself
 * never fails because of what is in a folder. It ends when everything present has been read if no folder is followed.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/FLINK/FLIP-27%3A+Refactor+Source+Interface">FLIP-27</a>
 */
public final class FilesSource implements Source<Arrival, FileSplit, CatalogState> {

    private static final long serialVersionUID = 1L;

    /** Configurations as {@link ConfigJson}: Flink carries only what is serializable. */
    private final List<String> sources;

    private final List<String> known;
    private final Duration discoveryInterval;
    private final Duration settle;
    private final long maxLineBytes;

    private FilesSource(List<Folder> folders, List<SourceConfig> known, IngestConfig ingest) {
        this.sources =
                folders.stream().map(Folder::config).map(ConfigJson::write).toList();
        this.known = known.stream().map(ConfigJson::write).toList();
        this.discoveryInterval = ingest.discoveryInterval();
        this.settle = ingest.settle();
        this.maxLineBytes = ingest.maxLineBytes();
    }

    /**
     * The source of all configured folders and object stores.
     *
     * @throws ConfigException if there is none, two have the same name, or one is not a folder that can be read now
     */
    public static FilesSource of(List<SourceConfig> sources, IngestConfig ingest) {
        return of(sources, List.of(), ingest);
    }

    /**
     * The same with a folder of records that were fed back.
     *
     * @param known sources whose records may have been
     */
    public static FilesSource of(List<SourceConfig> sources, List<SourceConfig> known, IngestConfig ingest) {
        if (sources.isEmpty()) {
            throw new ConfigException(
                    "there is nothing to read", "sources", "Add a source with at least a name and a path");
        }
        Set<String> names = new HashSet<>();
        for (SourceConfig source : sources) {
            if (!names.add(source.name())) {
                throw new ConfigException(
                        "two sources are called " + source.name(), "sources", "Give each a name of its own");
            }
        }
        return new FilesSource(sources.stream().map(Folder::of).toList(), known, ingest);
    }

    private List<Folder> folders() {
        return configs(sources).stream().map(Folder::new).toList();
    }

    private static List<SourceConfig> configs(List<String> written) {
        return written.stream()
                .map(json -> ConfigJson.read(json, SourceConfig.class))
                .toList();
    }

    @Override
    public Boundedness getBoundedness() {
        return folders().stream().anyMatch(Folder::follow) ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<FileSplit, CatalogState> createEnumerator(SplitEnumeratorContext<FileSplit> context) {
        return restoreEnumerator(context, CatalogState.EMPTY);
    }

    @Override
    public SplitEnumerator<FileSplit, CatalogState> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, CatalogState state) {
        List<Folder> folders = folders();
        Map<String, PickupRules> rules =
                folders.stream().collect(Collectors.toMap(Folder::source, folder -> folder.rules(settle)));
        return new FilesEnumerator(
                context, new SplitCatalog(state, rules), folders, discoveryInterval, WallClock.ofThisProcess());
    }

    @Override
    public SourceReader<Arrival, FileSplit> createReader(SourceReaderContext context) {
        Intake intake = new Intake(configs(sources), configs(known), WallClock.ofThisProcess(), System::nanoTime);
        IntakeMetrics.register(intake, context.metricGroup());
        Map<String, FileRecordReader.Options> options =
                folders().stream().collect(Collectors.toMap(Folder::source, folder -> folder.options(maxLineBytes)));
        return new FilesReader(context, options, Gate.of(intake), System::nanoTime);
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<CatalogState> getEnumeratorCheckpointSerializer() {
        return new CatalogStateSerializer();
    }
}
