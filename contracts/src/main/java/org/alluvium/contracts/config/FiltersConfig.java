package org.alluvium.contracts.config;

import java.util.List;

/** The {@code filters} section. Filters are asked in the order of these keys; each is off until it is configured. */
public record FiltersConfig(
        @Key(doc = "Lists of addresses whose documents are dropped.", byDefault = "{}")
        UrlFilterConfig url,

        @Key(doc = "Which languages documents and paragraphs may be in.", byDefault = "{}")
        LanguageConfig language,

        @Key(
                doc =
                        "Sets of published rules. A document is judged by the first set that is meant for its language, and by"
                                + " none if there is no such set.",
                byDefault = "[]")
        List<RuleSetConfig> rules,

        @Key(doc = "Filters of your own, asked after the rules, in this order.", byDefault = "[]")
        List<CustomFilterConfig> custom,

        @Key(doc = "Personal data and secrets in texts.", byDefault = "{}")
        PiiConfig pii,

        @Key(doc = "Texts that must not be in the corpus, such as those of evaluation sets.", byDefault = "{}")
        DecontaminationConfig decontamination,

        @Key(doc = "How much a document is like those of a reference corpus.", byDefault = "{}")
        QualityConfig quality) {

    public FiltersConfig {
        rules = List.copyOf(rules);
        custom = List.copyOf(custom);
    }
}
