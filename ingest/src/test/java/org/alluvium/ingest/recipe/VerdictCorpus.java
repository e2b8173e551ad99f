package org.alluvium.ingest.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.text.TextRepair;

/**
 * Documents, always the same, that give every filter something to do: prose of many scripts, repetition, lists, personal
 * data, damaged text, and characters that are younger than some Java.
 */
final class VerdictCorpus {

    private static final List<String> PARTS = List.of(
            "The harbour of the small town was quiet that morning, and the boats that had come in at night lay still.",
            "She didn't have the time to be angry; \"that's how it is,\" he said... and that was the end of it!",
            "To measure is to know, but to know what to measure is an art that few of the engineers have with them.",
            "Das Gesetz trat am 1. Januar in Kraft, und die Gemeinden mussten ihre Straßen und Brücken selbst unterhalten.",
            "Le marché s'ouvrait à l'aube; les paysans y vendaient des pommes, du fromage et de l'eau-de-vie.",
            "El río creció durante la noche y al amanecer los campos estaban cubiertos de agua y de barro.",
            "Кошка спала на подоконнике, а за окном медленно падал первый снег этого года.",
            "Το λιμάνι ήταν ήσυχο το πρωί και οι βάρκες έμεναν ακίνητες στο νερό.",
            "كان الميناء هادئا في ذلك الصباح وكانت القوارب راسية على الرصيف منذ الليل.",
            "今天早上港口很安静，昨晚回来的船都停在码头边。他们没有说话，只是看着水面。",
            "今天早上港口很安靜，昨晚回來的船都停在碼頭邊。他們沒有說話，只是看著水面。",
            "港はその朝静かで、夜に戻った船は岸壁につながれていた。誰も話さなかった。",
            "그날 아침 항구는 조용했고 밤에 들어온 배들은 부두에 묶여 있었다.",
            "เช้าวันนั้นท่าเรือเงียบสงบ เรือที่เข้ามาเมื่อคืนจอดนิ่งอยู่",
            "Write to jane.doe@example.org or call +49 30 901820, or 555-0134; card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00.",
            "Server 8.8.8.8 answered, 10.0.0.1 did not; key AKIAIOSFODNN7EXAMPLE, and 2001:4860:4860::8888 too.",
            "- first point\n- second point\n- third point\n• fourth point\n• fifth point...",
            "Terms of use and privacy policy apply. This page uses cookies. Please enable javascript to go on.",
            "lorem ipsum dolor sit amet { display: none } ### ### ### ###",
            "buy cheap buy cheap buy cheap buy cheap buy cheap buy cheap now now now",
            "CafÃ© and naÃ¯ve â€œquotesâ€\u009d, cafe\u0301 and ﬁne, zero\u200Bwidth, &amp; &lt;b&gt;, \uFFFD\uFFFD",
            "Capitals \u2C2F\u2C5F \uA7C0\uA7C1 \uA7DC \uD801\uDD70\uD801\uDD71 of Unicode 14 to 16, \uD801\uDDD2\u0307\uD805\uDF90\uD805\uDFC9",
            "Digits \u0661\u0662\u0663 \u0967\u0968 \uD81B\uDD70 \uD838\uDCF0 and marks a\u0300\u0323 \u1AC7 \uD803\uDD69 in a row.",
            "İstanbul'da ıslak bir sabah, straße STRASSE ΌΣΟΣ ǅ ŉ ﬀ.",
            "🙂🙃 👩‍👩‍👧 🏳️‍🌈 \uD83E\uDEE8\uD83E\uDED6 nothing but signs ♥ ♥ ♥",
            "The quick brown fox jumps over the lazy dog while twelve wizards quietly box five dozen liquor jugs away.");

    private static final int DOCUMENTS = 400;
    private static final int MOST_PARTS = 12;

    private VerdictCorpus() {}

    static List<Document> documents() {
        SplittableRandom random = new SplittableRandom(11);
        List<Document> documents = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            documents.add(document(number, text(number, random)));
        }
        return documents;
    }

    /** The first documents are one part each, with which later ones share most or some of theirs. */
    private static String text(int number, SplittableRandom random) {
        if (number < PARTS.size()) {
            return PARTS.get(number).repeat(1 + number % 3);
        }
        int center = random.nextInt(PARTS.size());
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(MOST_PARTS);
        for (int part = 0; part < parts; part++) {
            int which = random.nextInt(4) == 0 ? random.nextInt(PARTS.size()) : center;
            text.append(PARTS.get((which + part * random.nextInt(2)) % PARTS.size()))
                    .append(random.nextInt(3) == 0 ? "\n\n" : random.nextInt(2) == 0 ? "\n" : " ");
        }
        return text.toString();
    }

    private static Document document(int number, String text) {
        return new Document(
                "v" + number,
                "verdicts",
                "verdicts.jsonl@" + number,
                Optional.of(
                        "https://host" + number % 7 + ".example.com/" + (number % 11 == 0 ? "casino/poker" : "page")),
                TextRepair.repair(text).text(),
                number,
                Optional.empty(),
                Map.of());
    }
}
