package org.alluvium.ingest.pii.national;

import static org.alluvium.ingest.pii.national.NationalNumber.mixed;
import static org.alluvium.ingest.pii.national.NationalNumber.said;
import static org.alluvium.ingest.pii.national.NationalNumber.sure;
import static org.alluvium.ingest.pii.span.CheckDigits.isDayOfYear;
import static org.alluvium.ingest.pii.span.CheckDigits.number;
import static org.alluvium.ingest.pii.span.CheckDigits.weighted;

import java.util.List;
import org.alluvium.ingest.pii.span.CheckDigits;
import org.alluvium.ingest.pii.span.KeyWords;

/**
 * The numbers of persons that consist of digits, by country. Where form and check digits leave one random number in a hundred
 * or more, a word must announce it.
 */
final class NationalNumbers {

    static final List<NationalNumber> ALL = List.of(
            sure("cn_id", "", NationalNumbers::isChinese, shape(18)),
            sure("us_ssn", "-", NationalNumbers::isAmerican, shape(3, 2, 4)),
            said(
                    "us_ssn",
                    new KeyWords("ssn", "social security", "itin", "tax id", "taxpayer"),
                    "- ",
                    digits -> number(digits, 0, 9) != 0,
                    shape(3, 2, 4),
                    shape(9)),
            sure("kr_rrn", "-", NationalNumbers::isKorean, shape(6, 7)),
            mixed("br_cpf", ".-", NationalNumbers::isBrazilian, shape(3, 3, 3, 2)),
            said("br_cpf", new KeyWords("cpf"), "", NationalNumbers::isBrazilian, shape(11)),
            sure("fr_nir", " ", NationalNumbers::isFrench, shape(15), shape(1, 2, 2, 2, 3, 3, 2), shape(13, 2)),
            mixed("be_nrn", ".-", NationalNumbers::isBelgian, shape(2, 2, 2, 3, 2)),
            sure("no_fnr", " ", NationalNumbers::isNorwegian, shape(11), shape(6, 5)),
            said("tr_tckn", new KeyWords("tckn", "t.c.", "tc", "kimlik"), "", NationalNumbers::isTurkish, shape(11)),
            mixed("ru_snils", "- ", NationalNumbers::isRussian, shape(3, 3, 3, 2)),
            sure("za_id", " ", NationalNumbers::isSouthAfrican, shape(13), shape(6, 4, 2, 1)),
            sure("ro_cnp", "", NationalNumbers::isRomanian, shape(13)),
            sure("ch_ahv", ".", NationalNumbers::isSwiss, shape(3, 4, 4, 2)),
            said(
                    "dk_cpr",
                    new KeyWords("cpr", "cpr-nr", "cpr-nummer", "personnummer"),
                    "-",
                    NationalNumbers::isDayMonth,
                    shape(6, 4)),
            sure("se_personnummer", "-", NationalNumbers::isSwedish, shape(6, 4), shape(8, 4)),
            sure("ar_cuit", "-", NationalNumbers::isArgentine, shape(2, 8, 1)),
            mixed("cl_rut", ".-", NationalNumbers::isChilean, shape(2, 3, 3, 1), shape(1, 3, 3, 1)),
            said(
                    "in_aadhaar",
                    new KeyWords("aadhaar", "aadhar", "uid", "uidai", "आधार"),
                    " -",
                    NationalNumbers::isIndian,
                    shape(4, 4, 4),
                    shape(12)),
            said("pl_pesel", new KeyWords("pesel"), "", NationalNumbers::isPolish, shape(11)),
            said(
                    "de_tax_id",
                    new KeyWords(
                            "steuer-id",
                            "steueridentifikationsnummer",
                            "idnr",
                            "idnr.",
                            "steuerliche identifikationsnummer",
                            "tin"),
                    " ",
                    digits -> digits[0] != 0 && CheckDigits.mod11And10(digits, 11),
                    shape(11),
                    shape(2, 3, 3, 3)),
            said(
                    "nl_bsn",
                    new KeyWords("bsn", "burgerservicenummer", "sofinummer"),
                    ".",
                    NationalNumbers::isDutch,
                    shape(9),
                    shape(4, 2, 3)),
            said(
                    "ca_sin",
                    new KeyWords("sin", "nas", "social insurance", "assurance sociale"),
                    "- ",
                    digits -> CheckDigits.luhn(digits, 9),
                    shape(3, 3, 3),
                    shape(9)),
            said(
                    "au_tfn",
                    new KeyWords("tfn", "tax file"),
                    " ",
                    NationalNumbers::isAustralian,
                    shape(3, 3, 3),
                    shape(9)),
            said("gb_nhs", new KeyWords("nhs"), " -", NationalNumbers::isBritish, shape(3, 3, 4), shape(10)),
            said(
                    "jp_my_number",
                    new KeyWords("マイナンバー", "個人番号", "my number"),
                    " -",
                    NationalNumbers::isJapanese,
                    shape(4, 4, 4),
                    shape(12)),
            said(
                    "pt_nif",
                    new KeyWords("nif", "contribuinte"),
                    " ",
                    NationalNumbers::isPortuguese,
                    shape(9),
                    shape(3, 3, 3)));

    private static final int[] CHINESE = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private NationalNumbers() {}

    private static int[] shape(int... lengths) {
        return lengths;
    }

    /** GB 11643-1999, with the check digit 10 for its X. */
    static boolean isChinese(int[] d) {
        int province = 10 * d[0] + d[1];
        int year = (int) number(d, 6, 10);
        boolean form = province >= 11
                && province <= 82
                && year >= 1900
                && year < 2100
                && isDayOfYear((int) number(d, 10, 12), (int) number(d, 12, 14));
        return form && (weighted(d, CHINESE) + d[17]) % 11 == 1;
    }

    /** A number that was or may be assigned, or one of a taxpayer who has none (area 900 and above, groups from 50). */
    private static boolean isAmerican(int[] d) {
        long area = number(d, 0, 3);
        long group = number(d, 3, 5);
        boolean assigned = area != 0 && area != 666 && area < 900 && group != 0;
        return (assigned || (area >= 900 && group >= 50)) && number(d, 5, 9) != 0;
    }

    private static boolean isKorean(int[] d) {
        return isDayOfYear((int) number(d, 2, 4), (int) number(d, 4, 6)) && d[6] >= 1 && d[6] <= 8;
    }

    private static boolean isBrazilian(int[] d) {
        boolean varied = false;
        for (int digit : d) {
            varied |= digit != d[0];
        }
        int first = 11 - weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        int second = 11 - weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return varied && d[9] == (first > 9 ? 0 : first) && d[10] == (second > 9 ? 0 : second);
    }

    private static boolean isFrench(int[] d) {
        long month = number(d, 3, 5);
        boolean form =
                (d[0] == 1 || d[0] == 2 || d[0] == 7 || d[0] == 8) && ((month >= 1 && month <= 12) || month >= 20);
        return form && 97 - number(d, 0, 13) % 97 == number(d, 13, 15);
    }

    private static boolean isBelgian(int[] d) {
        long number = number(d, 0, 9);
        long check = number(d, 9, 11);
        boolean born = isDayOfYear((int) number(d, 2, 4), (int) number(d, 4, 6));
        return born && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    private static boolean isNorwegian(int[] d) {
        boolean born = isDayOfYear((int) number(d, 2, 4), (int) number(d, 0, 2));
        return born
                && weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean isTurkish(int[] d) {
        int odd = d[0] + d[2] + d[4] + d[6] + d[8];
        int even = d[1] + d[3] + d[5] + d[7];
        return d[0] != 0 && Math.floorMod(7 * odd - even, 10) == d[9] && (odd + even + d[9]) % 10 == d[10];
    }

    private static boolean isRussian(int[] d) {
        int sum = weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        int check = sum % 101;
        return sum > 0 && (check == 100 ? 0 : check) == number(d, 9, 11);
    }

    private static boolean isSouthAfrican(int[] d) {
        return isDayOfYear((int) number(d, 2, 4), (int) number(d, 4, 6)) && d[10] <= 1 && CheckDigits.luhn(d, 13);
    }

    private static boolean isRomanian(int[] d) {
        int check = weighted(d, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        boolean born = isDayOfYear((int) number(d, 3, 5), (int) number(d, 5, 7));
        return d[0] != 0 && born && (check == 10 ? 1 : check) == d[12];
    }

    private static boolean isSwiss(int[] d) {
        return number(d, 0, 3) == 756 && weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    /** The last ten digits count; with a number instead of a person's day of birth, the day is 60 more. */
    private static boolean isSwedish(int[] d) {
        int from = d.length - 10;
        int[] last = java.util.Arrays.copyOfRange(d, from, d.length);
        int day = (int) number(last, 4, 6);
        boolean born = isDayOfYear((int) number(last, 2, 4), day > 60 ? day - 60 : day);
        return born && CheckDigits.luhn(last, 10);
    }

    private static boolean isArgentine(int[] d) {
        long type = number(d, 0, 2);
        boolean person = type == 20 || type == 23 || type == 24 || type == 27;
        return person && weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean isChilean(int[] d) {
        int sum = 0;
        for (int i = 0; i < d.length - 1; i++) {
            sum += d[d.length - 2 - i] * (2 + i % 6);
        }
        return (11 - sum % 11) % 11 == d[d.length - 1];
    }

    private static boolean isIndian(int[] d) {
        return d[0] >= 2 && CheckDigits.verhoeff(d, 12);
    }

    private static boolean isPolish(int[] d) {
        boolean born = isDayOfYear((int) number(d, 2, 4) % 20, (int) number(d, 4, 6));
        return born && weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean isDutch(int[] d) {
        return number(d, 0, 9) != 0 && weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    private static boolean isDayMonth(int[] d) {
        return isDayOfYear((int) number(d, 2, 4), (int) number(d, 0, 2));
    }

    private static boolean isAustralian(int[] d) {
        return number(d, 0, 9) != 0 && weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
    }

    private static boolean isBritish(int[] d) {
        return number(d, 0, 10) != 0 && weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean isJapanese(int[] d) {
        int remainder = weighted(d, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return d[11] == (remainder <= 1 ? 0 : 11 - remainder);
    }

    private static boolean isPortuguese(int[] d) {
        int check = 11 - weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return d[0] != 0 && d[8] == (check > 9 ? 0 : check);
    }
}
