package org.alluvium.tokenizer.bytelevel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Kind;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Merge;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteLevelModelTest {

    @Test
    void aTokenizerIsReadAsItIsWritten() {
        ByteLevelModel model = parse(SmallTokenizer.json());
        assertThat(model.tokens()).hasSize(256 + 3 + 2);
        assertThat(model.tokens().get(258)).isEqualTo(new Token("\u0120the", Kind.TEXT));
        assertThat(model.tokens().get(258).bytes()).isEqualTo(" the".getBytes(UTF_8));
        assertThat(model.tokens().get(260)).isEqualTo(new Token("[name]", Kind.ADDED));
        assertThat(model.merges().get(0)).isEqualTo(new Merge('t', 'h', 256));
        assertThat(model.splits()).isEqualTo(List.of(SplitPattern.GPT_2));
        assertThat(model.added()).hasSize(2);
        assertThat(model.begin()).contains(259);
        assertThat(model.end()).contains(259);
    }

    @Test
    void mergesMayBeWrittenAsPairs() {
        String pairs = SmallTokenizer.json().replace("\"t h\"", "[\"t\", \"h\"]");
        assertThat(parse(pairs).merges()).isEqualTo(parse(SmallTokenizer.json()).merges());
    }

    @Test
    void aTemplateSaysWhatBeginsAndEndsADocument() {
        String template = "{\"type\": \"TemplateProcessing\", \"single\": [{\"Sequence\": {\"id\": \"A\"}},"
                + " {\"SpecialToken\": {\"id\": \"<|endoftext|>\", \"type_id\": 0}}]}";
        ByteLevelModel model =
                parse(SmallTokenizer.json().replace("\"post_processor\": null", "\"post_processor\": " + template));
        assertThat(model.end()).contains(259);
    }

    @Test
    void anIdThatIsLeftOutStandsForNothing() {
        String gap = SmallTokenizer.json()
                .replace("\"\u0120the\":258", "\"\u0120the\":258,\"<|endoftext|>\":270,\"[name]\":271")
                .replace("\"id\": 259", "\"id\": 270")
                .replace("\"id\": 260", "\"id\": 271");
        ByteLevelModel model = parse(gap);
        assertThat(model.tokens()).hasSize(272);
        assertThat(model.tokens().get(259)).isEqualTo(new Token("<no token 259>", Kind.SPECIAL));
        assertThat(model.tokens().get(259).bytes()).isEmpty();
        assertThat(model.end()).contains(270);
        assertThatThrownBy(() -> parse(gap.replace("\"id\": 271", "\"id\": 272").replace("[name]\":271", "name\":271")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("$.added_tokens[1].id");
    }

    @Test
    void theExpressionOfGpt4oMayBeWrittenBothWays() {
        String isolated = SmallTokenizer.splitBy(Expressions.O200K.regex());
        String removed = isolated.replace(
                "\"behavior\": \"Isolated\", \"invert\": false", "\"behavior\": \"Removed\", \"invert\": true");
        assertThat(parse(removed).splits()).isEqualTo(parse(isolated).splits());
        assertThatThrownBy(() -> parse(removed.replace("{1,3}", "{1,2}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("$.pre_tokenizer.pretokenizers[0].behavior");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"normalizer\": null` | `\"normalizer\": {\"type\": \"Lowercase\"}` | $.normalizer | Lowercase",
                "`\"normalizer\": null` | `\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFKC\"}]}` | $.normalizer.normalizers[0] | NFKC",
                "`\"truncation\": null` | `\"truncation\": {\"max_length\": 5}` | $.truncation | max_length",
                "`\"type\": \"BPE\"` | `\"type\": \"WordPiece\"` | $.model.type | WordPiece",
                "`\"dropout\": null` | `\"dropout\": 0.1` | $.model.dropout | 0.1",
                "`\"dropout\": null` | `\"whatever\": 1` | $.model.whatever | whatever",
                "`\"type\": \"ByteLevel\"` | `\"type\": \"Metaspace\"` | $.pre_tokenizer | Metaspace",
                "`\"post_processor\": null` | `\"post_processor\": {\"type\": \"BertProcessing\", \"cls\": [\"[CLS]\", 3]}` | $.post_processor.cls[0] | there is no special token [CLS]",
                "`\"id\": 260` | `\"id\": 300` | $.added_tokens[1].id | the id 300 in place of 260",
                "`\"\u0100\":0,` | `\"\u0100\u0100\":0,` | $.model.vocab | a vocabulary without a token for byte 0"
            })
    void whatIsNotSupportedIsRefusedByNameAndPlace(String written, String instead, String path, String named) {
        String json = SmallTokenizer.json();
        String changed = json.replace(written, instead);
        assertThat(changed).isNotEqualTo(json);
        assertThatThrownBy(() -> parse(changed))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("my.json at " + path)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(x)y what",
                "x$ what",
                "x.y what",
                "x*? repetition",
                "x* nothing",
                "\\p{Han}+ property",
                "[a[b]] set",
                "[a&&b] set",
                "(?:ab)+ repetition",
                "x{2,3}+ bounds",
                "(?i:\u00E4) ASCII",
                "x) bracket",
                "(?:x bracket",
                "\\bx \\b"
            })
    void anExpressionThatIsNotUnderstoodIsRefused(String regex, String named) {
        assertThatThrownBy(() -> parse(SmallTokenizer.splitBy(regex)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("$.pre_tokenizer.pretokenizers[0].pattern.Regex")
                .hasMessageContaining(regex)
                .hasMessageContaining(named);
    }

    @Test
    void damageIsNamedByItsPlace() {
        assertThatThrownBy(() -> parse(SmallTokenizer.json().replace("\"t h\"", "\"t x\"")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("$.model.merges[0]");
        assertThatThrownBy(() -> parse("{\"model\": "))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not JSON");
    }

    private static ByteLevelModel parse(String json) {
        return ByteLevelModel.parse(json.getBytes(UTF_8), "my.json");
    }
}
