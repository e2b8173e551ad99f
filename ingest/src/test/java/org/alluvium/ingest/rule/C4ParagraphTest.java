package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.reason;
import static org.alluvium.ingest.rule.Threshold.atLeast;
import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.contracts.config.C4ParagraphConfig;
import org.junit.jupiter.api.Test;

class C4ParagraphTest {

    private static final C4Paragraph PUBLISHED = new C4Paragraph(new C4ParagraphConfig(3, 200));

    @Test
    void theThirdLongestLineHasTwoHundredCharacters() {
        atLeast("too_few_paragraphs", 200, lines(500, 199, 300), lines(10, 200, 300, 400), lines(201, 201, 201))
                .assertHeldBy(PUBLISHED);
    }

    @Test
    void twoLinesAreTooFew() {
        assertThat(reason(PUBLISHED, lines(1000, 1000))).isEqualTo("too_few_paragraphs");
    }

    private static String lines(int... lengths) {
        StringBuilder text = new StringBuilder();
        for (int length : lengths) {
            text.append(text.isEmpty() ? "" : "\n").append("𝒶").append("x".repeat(length - 1));
        }
        return text.toString();
    }
}
