package org.alluvium.ingest.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.DecontaminationConfig;
import org.alluvium.contracts.config.FiltersConfig;
import org.alluvium.contracts.config.LanguageConfig;
import org.alluvium.contracts.config.PiiConfig;
import org.alluvium.contracts.config.QualityConfig;
import org.alluvium.contracts.config.UrlFilterConfig;
import org.alluvium.ingest.address.UrlLists;
import org.alluvium.ingest.decontamination.DecontaminationFilter;
import org.alluvium.ingest.decontamination.EvaluationFiles;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.language.LanguageFilter;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.ingest.pii.PiiFilter;
import org.alluvium.ingest.quality.QualityFilter;
import org.alluvium.ingest.quality.QualityModelFile;

/** Makes the chain of filters that a configuration describes. */
public final class Recipe {

    /** Names what the filters mean by their configuration; another number whenever one judges some document otherwise. */
    public static final int VERSION = 1;

    private Recipe() {}

    /**
     * The filters, cheap ones that drop much before dear ones. The chain is for one thread.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if a file or a class that the configuration names cannot be
     *     used
     */
    public static FilterChain of(FiltersConfig config) {
        List<Filter> filters = new ArrayList<>();
        url(config.url()).ifPresent(filters::add);
        language(config.language()).ifPresent(filters::add);
        filters.addAll(new RuleSets(config.rules()).filters());
        config.custom().forEach(custom -> filters.add(CustomFilters.load(custom)));
        pii(config.pii()).ifPresent(filters::add);
        decontamination(config.decontamination()).ifPresent(filters::add);
        quality(config.quality()).ifPresent(filters::add);
        return new FilterChain(filters);
    }

    private static Optional<Filter> url(UrlFilterConfig config) {
        return UrlLists.isConfigured(config) ? Optional.of(new UrlLists(config)) : Optional.empty();
    }

    private static Optional<Filter> language(LanguageConfig config) {
        return config.identify()
                ? Optional.of(new LanguageFilter(config, LanguageIdentifier.of(config)))
                : Optional.empty();
    }

    private static Optional<Filter> pii(PiiConfig config) {
        return PiiFilter.isOn(config) ? Optional.of(new PiiFilter(config)) : Optional.empty();
    }

    private static Optional<Filter> decontamination(DecontaminationConfig config) {
        return config.sets().isEmpty()
                ? Optional.empty()
                : Optional.of(new DecontaminationFilter(
                        EvaluationFiles.read(config), DecontaminationFilter.Rules.of(config)));
    }

    private static Optional<Filter> quality(QualityConfig config) {
        return config.model().map(file -> QualityFilter.of(config, QualityModelFile.read(file)));
    }

    /**
     * The digest of everything that decides a verdict: the configuration, the content of every file that it names, and the
     * meaning that this version gives to both. 64 lower-case hexadecimal digits.
     *
     * @throws org.alluvium.contracts.error.StorageException if a file cannot be read
     */
    public static String digest(FiltersConfig config) {
        return ConfigDigest.ofContents(new Identity(VERSION, config));
    }

    private record Identity(int version, FiltersConfig filters) {}
}
