package org.alluvium.ingest.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are the examples of the authorities that define them, or made up with a right check digit. */
class NationalIdTest {

    private final PiiScanner scanner = new PiiScanner(Set.of(PiiType.NATIONAL_ID), Set.of());

    @ParameterizedTest
    @CsvSource({
        "cn_id, 身份证号 , 110101200309277440",
        "cn_id, 身份证号 , 11010119680226875X",
        "us_ssn, 'SSN ', 940-91-7999",
        "us_ssn, '', 219-09-9999",
        "us_ssn, 'SSN: ', 219099999",
        "kr_rrn, '', 850101-1234567",
        "br_cpf, '', 529.982.247-25",
        "br_cpf, 'CPF ', 52998224725",
        "fr_nir, '', 255081416802538",
        "fr_nir, '', 2 55 08 14 168 025 38",
        "be_nrn, '', 85.07.30-033.28",
        "no_fnr, '', 01010750160",
        "tr_tckn, 'TCKN ', 10000000146",
        "ru_snils, '', 112-233-445 95",
        "za_id, '', 8001015009087",
        "ro_cnp, '', 1800101221144",
        "ch_ahv, '', 756.9217.0769.85",
        "se_personnummer, '', 811228-9874",
        "ar_cuit, '', 20-12345678-6",
        "cl_rut, '', 12.345.678-5",
        "in_aadhaar, 'Aadhaar ', 2341 2341 2346",
        "pl_pesel, 'PESEL ', 44051401359",
        "de_tax_id, 'IdNr. ', 86 095 742 719",
        "nl_bsn, 'BSN ', 111222333",
        "dk_cpr, 'CPR-nr ', 010203-4567",
        "ca_sin, 'SIN ', 046 454 286",
        "au_tfn, 'TFN ', 123 456 782",
        "gb_nhs, 'NHS ', 943 476 5919",
        "jp_my_number, マイナンバー, 1234 5678 9018",
        "pt_nif, 'NIF ', 123456789",
        "es_dni, '', 12345678Z",
        "es_dni, '', X1234567L",
        "gb_nino, '', AB 12 34 56 C",
        "gb_nino, 'NI ', AB123456C",
        "sg_nric, '', S1234567D",
        "tw_id, '', A123456789",
        "hk_id, '', A123456(3)",
        "it_cf, '', RSSMRA85T10A562S",
        "mx_curp, '', HEGG560427MVZRRL04",
        "fi_hetu, '', 131052-308T"
    })
    void isFoundWithItsKind(String kind, String before, String id) {
        String text = "x " + before + id + " y";

        assertThat(scanner.scan(text)).singleElement().satisfies(span -> {
            assertThat(span.kind()).isEqualTo(kind);
            assertThat(span.in(text)).isEqualTo(id);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "110101200309277441",
        "110101200313277440",
        "000-12-3456",
        "666-12-3456",
        "940-12-3456",
        "219-00-9999",
        "219-09-0000",
        "219 09 9999",
        "851301-1234567",
        "529.982.247-26",
        "111.111.111-11",
        "52998224725",
        "255081416802539",
        "85.07.30-033.29",
        "01010750161",
        "10000000146",
        "112-233-445 96",
        "8001015009088",
        "756.9217.0769.86",
        "811228-9875",
        "20-12345678-7",
        "12.345.678-6",
        "2341 2341 2346",
        "44051401359",
        "111222333",
        "010203-4567",
        "12345678A",
        "AB123456C",
        "S1234567A",
        "A123456788",
        "A123456(4)",
        "RSSMRA85T10A562T",
        "HEGG560427MVZRRL05",
        "131052-308U",
        "1.38435736E+12",
        "112 233 445 95"
    })
    void isNotFoundWithAWrongDigitOrWithoutTheWordThatItNeeds(String id) {
        assertThat(scanner.scan("x " + id + " y")).isEmpty();
    }

    @Test
    void onlyThoseOfTheCountriesAskedForAreFound() {
        PiiScanner americanAndSpanish = new PiiScanner(Set.of(PiiType.NATIONAL_ID), Set.of("us", "es"));

        assertThat(americanAndSpanish.scan("219-09-9999 110101200309277440 12345678Z RSSMRA85T10A562S"))
                .extracting(PiiSpan::kind)
                .isEqualTo(List.of("us_ssn", "es_dni"));
    }
}
