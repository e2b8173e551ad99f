package org.alluvium.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private static final String PROSE = """
            When a river leaves the hills it slows, and what it carried settles on the plain.
            The finest grains travel furthest; the coarse ones stay near the mouth of the valley.
            """.strip();

    @Test
    void prosePagesLoseTheirMenusAndNotices() {
        String page = lines(
                "River Notes",
                "Home | About us | Archive | Search",
                "This page uses cookies, as all pages of this site do, and by reading on you agree to that.",
                PROSE,
                "Share this",
                "Archive · Log in · Contact · Lost your password?",
                "© 2024 River Notes");

        assertThat(Body.of(page)).isEqualTo(PROSE);
    }

    @Test
    void menusOfOneItemALineGoToo() {
        String page = lines(
                "River Notes",
                "Home",
                "About us",
                "Archive",
                "Log in",
                PROSE,
                "Older posts",
                "Contact",
                "Imprint",
                "Help");

        assertThat(Body.of(page)).isEqualTo(PROSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "La rivière quitte les collines et ralentit, et ce qu'elle portait se dépose sur la plaine.",
                "Река выходит из холмов, течение слабеет, и то, что она несла, оседает на равнине.",
                "河流离开山地之后，水流变慢，它所携带的泥沙便沉积在平原上，一年又一年。",
                "川が山を離れると流れは緩やかになり、運ばれてきた砂や泥が平野に積もっていく。",
                "ماذا يحدث عندما يترك النهر الجبال؟ يبطئ، ويترسب ما كان يحمله على السهل.",
                "जब नदी पहाड़ छोड़ती है, तब वह धीमी हो जाती है, और जो कुछ वह लाई थी मैदान में बैठ जाता है।",
                "เมื่อแม่น้ำไหลพ้นภูเขา กระแสน้ำจะช้าลง และสิ่งที่พัดพามาก็ตกตะกอนลงบนที่ราบทุกปี"
            })
    void bodiesOfAllScriptsAreFound(String sentence) {
        String body = lines(sentence, sentence);

        assertThat(Body.of(
                        lines("Site", "Menu » 1 » 首页 » Войти » Accueil", body, "Site · 关于 · Поиск · Aide", "© 2020")))
                .isEqualTo(body);
    }

    @Test
    void titlesAndListsBetweenProseStay() {
        String body = lines(PROSE, "Kinds of soil", "- sand", "- silt", "- clay", PROSE);

        assertThat(Body.of(lines("Home", "About", body, "Older posts"))).isEqualTo(body);
    }

    @Test
    void textsWithoutProseLoseOnlyWhatIsFurnitureBeyondDoubt() {
        String list = Stream.of(
                        "coarse gravel",
                        "fine gravel",
                        "coarse sand",
                        "fine sand",
                        "silt",
                        "clay",
                        "loam",
                        "peat",
                        "chalk",
                        "marl")
                .collect(Collectors.joining("\n"));

        assertThat(Body.of(list)).isEqualTo(list);
        assertThat(Body.of(lines("River Notes", "Home | About us | Archive", list, "© 2024 River Notes")))
                .isEqualTo(list);
    }

    @Test
    void anExtractOfAListIsNotItsBody() {
        String list = lines(String.join("\n", Collections.nCopies(40, "a kind of soil")), PROSE);

        assertThat(Body.of(list)).isEqualTo(list);
    }

    @Test
    void aShortSentenceIsNoBodyOfALongerText() {
        String page = lines("Nothing found here.", "gravel", "sand", "silt");

        assertThat(Body.of(lines("River Notes", "Home | About us | Archive", page, "© 2024 River Notes")))
                .isEqualTo(page);
    }

    @Test
    void whatIsNothingButFurnitureStaysWhole() {
        String page = lines("Home | About us | Archive", "© 2024 River Notes");

        assertThat(Body.of(page)).isEqualTo(page);
        assertThat(Body.of("")).isEmpty();
        assertThat(Body.of("\n\n")).isEqualTo("\n\n");
        assertThat(Body.of("12 + 30 = 42")).isEqualTo("12 + 30 = 42");
    }

    @Test
    void blanksInsideAnItemlessLineAreNoMenu() {
        String spread = PROSE.replace(" ", "  ");

        assertThat(Body.of(lines("Home", "About us", spread, "Contact"))).isEqualTo(spread);
    }

    @Test
    void gapsBeforeCapitalsPartTheItemsOfAMenu() {
        assertThat(Body.of(lines("Meta  Next page  Your address will not be published.  Tags  About", PROSE)))
                .isEqualTo(PROSE);
    }

    private static String lines(String... lines) {
        return String.join("\n", List.of(lines));
    }
}
