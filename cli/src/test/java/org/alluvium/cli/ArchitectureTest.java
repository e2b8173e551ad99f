package org.alluvium.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between modules, and no circles between packages. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.alluvium");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES)
                .extracting(type -> type.getPackageName().replaceFirst("org\\.alluvium\\.(\\w+).*", "$1"))
                .contains("contracts", "ingest", "tokenizer", "flink", "gateway", "trainer", "dashboard", "cli");
    }

    @Test
    void modulesDependOnlyOnWhatTheyMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("contracts")
                .definedBy("org.alluvium.contracts..")
                .layer("ingest")
                .definedBy("org.alluvium.ingest..")
                .layer("tokenizer")
                .definedBy("org.alluvium.tokenizer..")
                .layer("flink")
                .definedBy("org.alluvium.flink..")
                .layer("gateway")
                .definedBy("org.alluvium.gateway..")
                .layer("trainer")
                .definedBy("org.alluvium.trainer..")
                .layer("dashboard")
                .definedBy("org.alluvium.dashboard..")
                .layer("cli")
                .definedBy("org.alluvium.cli..")
                .whereLayer("contracts")
                .mayNotAccessAnyLayer()
                .whereLayer("ingest")
                .mayOnlyAccessLayers("contracts")
                .whereLayer("tokenizer")
                .mayOnlyAccessLayers("contracts")
                .whereLayer("flink")
                .mayOnlyAccessLayers("contracts", "ingest", "tokenizer")
                .whereLayer("gateway")
                .mayOnlyAccessLayers("contracts", "ingest")
                .whereLayer("trainer")
                .mayOnlyAccessLayers("contracts", "tokenizer")
                .whereLayer("dashboard")
                .mayOnlyAccessLayers("contracts", "ingest", "tokenizer", "trainer")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesOfTheTrainerHaveNoCircle() {
        slices().matching("org.alluvium.trainer.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("org.alluvium.trainer.backend.cpu.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void packagesOfTheGatewayHaveNoCircle() {
        slices().matching("org.alluvium.gateway.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void packagesOfTheDashboardHaveNoCircle() {
        slices().matching("org.alluvium.dashboard.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void packagesOfTheCommandLineHaveNoCircleBelowTheCommands() {
        slices().matching("org.alluvium.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyFlinkJobsKnowFlink() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("org.alluvium.flink..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(CLASSES);
    }
}
