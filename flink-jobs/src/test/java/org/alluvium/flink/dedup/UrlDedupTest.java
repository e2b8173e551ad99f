package org.alluvium.flink.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrlDedupTest {

    private static final String PAGE = "https://www.example.org/page?utm_source=mail";
    private static final String SAME_PAGE = "http://example.org/page/";

    private KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup;

    @BeforeEach
    void open() throws Exception {
        dedup = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new UrlDedup(Duration.ofMillis(100))),
                UrlDedup::key,
                ContentHashSerializer.TYPE);
        dedup.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        dedup.open();
    }

    @AfterEach
    void close() throws Exception {
        dedup.close();
    }

    @Test
    void theFirstDocumentOfAnAddressSurvivesAndWhatHasNoAddressPasses() throws Exception {
        Outcome first = document("a", PAGE, "one", false);
        Outcome other = document("b", SAME_PAGE, "two", false);
        Outcome elsewhere = document("c", "http://example.org/other", "three", false);
        Outcome nowhere = document("d", "", "four", false);

        send(first, other, elsewhere, nowhere);

        assertThat(dedup.extractOutputValues())
                .containsExactly(
                        first,
                        new Outcome.Duplicate(ContentHasher.v1("two"), Outcome.Duplicate.Kind.URL),
                        elsewhere,
                        nowhere);
    }

    @Test
    void aNewVersionOfTheDocumentIsTaken() throws Exception {
        Outcome first = document("a", PAGE, "one", true);
        Outcome second = document("a", PAGE, "two", true);

        send(first, second, document("b", PAGE, "three", true));

        assertThat(dedup.extractOutputValues())
                .containsExactly(
                        first, second, new Outcome.Duplicate(ContentHasher.v1("three"), Outcome.Duplicate.Kind.URL));
    }

    @Test
    void anAddressIsForgottenWhenItsTimeIsUp() throws Exception {
        dedup.setStateTtlProcessingTime(0);
        send(document("a", PAGE, "one", false));
        dedup.setStateTtlProcessingTime(101);
        Outcome later = document("b", PAGE, "two", false);

        send(later);

        assertThat(dedup.extractOutputValues()).last().isEqualTo(later);
    }

    private void send(Outcome... outcomes) throws Exception {
        for (Outcome outcome : outcomes) {
            dedup.processElement(outcome, 0);
        }
    }

    private static Outcome document(String id, String url, String text, boolean versioned) {
        Optional<String> address = Optional.of(url).filter(known -> !known.isEmpty());
        Document document = new Document(id, "s", "f#1", address, text, 0, Optional.empty(), Map.of());
        return new Outcome.Candidate(ContentHasher.v1(text), document, versioned, 0);
    }
}
