package org.alluvium.ingest.pii.number;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.ingest.pii.span.Chars;

/**
 * Bank account numbers of ISO 13616: two letters of a country, two check digits and the account, as long as SWIFT's registry
 * says for the country, in one piece or in groups of four; the remainder by 97 (ISO 7064) is 1.
 */
public final class Iban {

    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18"
                    + " DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26"
                    + " IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18"
                    + " NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23"
                    + " TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final Map<String, Integer> LENGTH_BY_COUNTRY = new HashMap<>();

    static {
        for (String entry : LENGTHS.split(" ", -1)) {
            LENGTH_BY_COUNTRY.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
    }

    private Iban() {}

    /** First index behind the number that begins at the index, or -1 if there is none. */
    public static int end(char[] text, int start) {
        Integer length = LENGTH_BY_COUNTRY.get(new String(text, start, 2));
        if (length == null || Chars.joins(Chars.at(text, start - 1))) {
            return -1;
        }
        int seen = 0;
        int remainder = 0;
        int i = start;
        int head = 0; // the four characters that count last
        while (seen < length && i < text.length) {
            if (!Chars.isAlphanumeric(text[i])) {
                boolean betweenGroups = seen % 4 == 0 && (text[i] == ' ' || text[i] == '\u00A0');
                if (!betweenGroups || !Chars.isAlphanumeric(Chars.at(text, i + 1))) {
                    return -1;
                }
                i++;
            }
            if (seen < 4) {
                head = i;
            } else {
                remainder = append(remainder, text[i]);
            }
            seen++;
            i++;
        }
        for (int k = head - 3; k <= head; k++) {
            remainder = append(remainder, text[k]);
        }
        return seen == length && remainder == 1 && !Chars.joins(Chars.at(text, i)) ? i : -1;
    }

    private static int append(int remainder, char c) {
        int value = Character.digit(c, 36);
        return (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
}
