package org.alluvium.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.model.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetTest {

    private static final Sheet CORPUS = SheetFile.builtIn(SheetFile.CORPUS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 + 3 * 4|14",
                "(2 + 3) * 4|20",
                "100 / 10 / 5|2",
                "10 - 3 - 2|5",
                "min(3, max(1, 2))|2",
                "ceil(1.2) + log2(8)|5",
                "sqrt(1.6e1) * 1_000|4000"
            })
    void aFormulaIsComputedAsItReads(String formula, double value) {
        assertThat(Formula.parse(formula).value(name -> null).value()).isCloseTo(value, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"2 +", "(2", "2 2", "two$", "round(2)", "* 2"})
    void whatIsNoFormulaIsRefused(String text) {
        assertThatThrownBy(() -> Formula.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void unitsAreMultipliedAndHoldSumsTogether() {
        assertThat(Unit.parse("bytes/document").times(Unit.parse("documents/second")))
                .isEqualTo(Unit.parse("byte/second"));
        assertThat(Unit.parse("seconds*seconds").root()).hasToString("second");
        assertThatThrownBy(() -> new Quantity(1, Unit.parse("bytes")).plus(new Quantity(1, Unit.parse("documents"))))
                .hasMessageContaining("byte and document");
    }

    @Test
    void aLineOfAnotherUnitThanItSaysIsRefused() {
        Sheet wrong = new Sheet(
                CORPUS.inputs(),
                List.of(new Sheet.Section("A", List.of(new Sheet.Line("x", "bytes", "", "documents * days")))));

        assertThatThrownBy(wrong::compute).hasMessageContaining("'x'").hasMessageContaining("day*document");
    }

    @Test
    void everyLineShowsItsArithmetic() {
        Sheet.Result rate = lines(CORPUS).get("exactState");

        assertThat(rate.line().formula()).isEqualTo("remembered * exactBytes");
        assertThat(rate.figures()).isEqualTo("1 T documents * 25.8 bytes/document");
        assertThat(rate.written()).isEqualTo("25.8 TB");
        assertThat(SheetText.lines(CORPUS.compute())).contains("= 25.8 TB");
    }

    @Test
    void theStateOfAMillionDocumentsIsWhatWasMeasured() {
        Map<String, Sheet.Result> lines = lines(CORPUS.with(Map.of("documents", 1e6), "here"));

        assertThat(lines.get("exactState").value().value()).isCloseTo(25.8e6, within(1e3));
        assertThat(lines.get("nearState").value().value()).isCloseTo(342e6, within(1e6));
        assertThat(lines.get("remembered").value().value()).isCloseTo(1e6, within(1e-3));
    }

    @Test
    void aShorterTimeToLiveBoundsTheState() {
        Sheet month = CORPUS.with(Map.of("documents", 3.65e9, "ttlDays", 30.0), "here");

        assertThat(lines(month).get("nearState").value().value()).isCloseTo(30 * 1e7 * 14 * 24.4, within(1e6));
    }

    @ParameterizedTest
    @CsvSource({"tiny,tinyParameters", "small,smallParameters", "base,baseParameters", "gpt2,gptParameters"})
    void presetsHaveAsManyParametersAsTheModelSays(String preset, String input) {
        ModelShape shape = ModelShape.of(
                ConfigLoader.parse("model: {preset: " + preset + "}", preset, Path.of("."), List.of())
                        .model(),
                16_000);

        assertThat(CORPUS.input(input).quantity().value()).isEqualTo((double) shape.parameterCount());
    }

    @Test
    void aFileOfInputsReplacesValuesAndNamesItsSource() {
        Sheet sheet = new SheetFile("prices.yaml").overlay(CORPUS, "inputs: {coreHour: {value: 0.1}}");

        assertThat(sheet.input("coreHour").quantity().value()).isEqualTo(0.1);
        assertThat(sheet.input("coreHour").source()).isEqualTo("prices.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputs: {nonsense: {value: 1}}|no input 'nonsense'",
                "inputs: {coreHour: {value: dear}}|coreHour' needs a number",
                "inputs: {coreHour: {price: 1}}|coreHour' needs no 'price'",
                "inputs: [|expected"
            })
    void aFileOfInputsThatCannotBeReadIsRefused(String yaml, String message) {
        assertThatThrownBy(() -> new SheetFile("prices.yaml").overlay(CORPUS, yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, Sheet.Result> lines(Sheet sheet) {
        return sheet.compute().stream()
                .collect(Collectors.toMap(result -> result.line().name(), Function.identity()));
    }
}
