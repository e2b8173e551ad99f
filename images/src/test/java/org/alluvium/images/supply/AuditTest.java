package org.alluvium.images.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.alluvium.images.supply.Audit.Advisory;
import org.alluvium.images.supply.Audit.Exemption;
import org.alluvium.images.supply.Audit.Severity;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void versionsAreOrderedAsMavenOrdersThem() {
        VersionRange range = VersionRange.parse(">=4.2.0.Final <4.2.13.Final || <4.1.133.Final");
        assertThat(List.of("4.2.6.Final", "4.2.0.Final", "4.1.9.Final", "3.10")).allMatch(range::contains);
        assertThat(List.of("4.2.13.Final", "4.1.133.Final", "4.2.0.Alpha1", "5.0"))
                .noneMatch(range::contains);
        assertThat(VersionRange.parse("=1.2").contains("1.2.0")).isTrue();
        assertThat(VersionRange.parse("<2.0").contains("2.0-rc1")).isTrue();
    }

    @Test
    void whatIsNoRangeIsRefused() {
        for (String text : new String[] {"", "1.2", "<", "<1 ||", "~1.2"}) {
            assertThatThrownBy(() -> VersionRange.parse(text)).hasMessageContaining("is no range");
        }
    }

    @Test
    void anAffectedVersionFailsWithWhatToTakeInstead() {
        assertThat(audit(null).problems(List.of(component("1.3")), TODAY))
                .singleElement()
                .asString()
                .contains("a:b 1.3", "CVE-1", "high", "https://example.org/CVE-1", "Take 1.4");
        assertThat(audit(null).problems(List.of(component("1.4")), TODAY)).isEmpty();
    }

    @Test
    void aPartOfAComponentIsAffectedAsWell() {
        Component whole =
                new Component("pkg:maven/x/shaded@9", "MIT", List.of(), List.of(component("1.3"), component("1.3")));
        assertThat(audit(null).problems(List.of(whole), TODAY)).hasSize(1);
    }

    @Test
    void anExemptionHoldsUntilItsDay() {
        Audit audit = audit(new Exemption("code_not_reachable", "nothing calls it", "2026-11-23"));
        assertThat(audit.problems(List.of(component("1.3")), TODAY)).isEmpty();
        assertThat(audit.problems(List.of(component("1.3")), TODAY.plusDays(1)))
                .singleElement()
                .asString()
                .contains("has ended on 2026-11-23");
    }

    @Test
    void anExemptionThatTouchesNothingIsRemoved() {
        Audit audit = audit(new Exemption("code_not_reachable", "nothing calls it", "2027-01-01"));
        assertThat(audit.problems(List.of(component("1.4")), TODAY))
                .singleElement()
                .asString()
                .contains("touches nothing");
    }

    private static Audit audit(Exemption exemption) {
        return new Audit(
                "2026-11-22",
                List.of(new Advisory(
                        "CVE-1",
                        List.of("pkg:maven/a/b"),
                        "<1.4",
                        "1.4",
                        Severity.high,
                        "https://example.org/CVE-1",
                        "something",
                        exemption)));
    }

    private static Component component(String version) {
        return new Component("pkg:maven/a/b@" + version, "MIT", List.of(), List.of());
    }
}
