package org.alluvium.images.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LicenceTest {

    @Test
    void ofAChoiceTheFirstThatIsAllowedIsTaken() {
        assertThat(taken("GPL-2.0-only OR MIT OR Apache-2.0", "Apache-2.0", "MIT"))
                .isEqualTo("MIT");
        assertThat(taken("GPL-2.0-only OR LGPL-2.1-only", "MIT")).isEmpty();
    }

    @Test
    void whatIsJoinedByAndMustAllBeAllowed() {
        assertThat(taken("MIT AND BSD-3-Clause", "MIT", "BSD-3-Clause")).isEqualTo("MIT AND BSD-3-Clause");
        assertThat(taken("MIT AND BSD-3-Clause", "MIT")).isEmpty();
    }

    @Test
    void andBindsCloserThanOrUnlessThereAreParentheses() {
        assertThat(taken("MIT OR Zlib AND GPL-2.0-only", "MIT")).isEqualTo("MIT");
        assertThat(taken("(MIT OR Zlib) AND GPL-2.0-only", "MIT")).isEmpty();
        assertThat(Licence.parse("(MIT OR Zlib) AND GPL-2.0-only")).hasToString("(MIT OR Zlib) AND GPL-2.0-only");
    }

    @Test
    void aLicenceWithAnExceptionIsAnotherThanTheSameWithout() {
        assertThat(taken("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only"))
                .isEmpty();
        assertThat(taken("GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0"))
                .isEmpty();
    }

    @Test
    void wordsOfNoLicenceAreRefused() {
        for (String words : new String[] {"", "The MIT License", "MIT OR", "(MIT", "MIT)", "MIT, Zlib", "AND"}) {
            assertThatThrownBy(() -> Licence.parse(words)).hasMessageContaining("'" + words + "'");
        }
    }

    private static String taken(String expression, String... allowed) {
        return Licence.parse(expression)
                .taken(Set.of(allowed))
                .map(Licence::toString)
                .orElse("");
    }
}
