package org.alluvium.ingest.pii;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/**
 * Keys and tokens: those with a prefix that their issuer documents, JSON web tokens (RFC 7519), blocks of private keys (RFC
 * 7468), and whatever looks random behind a name such as {@code api_key =}.
 */
final class Secrets {

    /**
     * @param prefix with the character by which it is noticed at its end
     * @param fewest characters that follow at least
     */
    private record Prefixed(String prefix, String kind, int fewest) {}

    private static final List<Prefixed> PREFIXED = List.of(
            new Prefixed("ghp_", "github_token", 36),
            new Prefixed("gho_", "github_token", 36),
            new Prefixed("ghu_", "github_token", 36),
            new Prefixed("ghs_", "github_token", 36),
            new Prefixed("ghr_", "github_token", 36),
            new Prefixed("github_pat_", "github_token", 50),
            new Prefixed("glpat-", "gitlab_token", 20),
            new Prefixed("xoxb-", "slack_token", 20),
            new Prefixed("xoxp-", "slack_token", 20),
            new Prefixed("xoxa-", "slack_token", 20),
            new Prefixed("xoxr-", "slack_token", 20),
            new Prefixed("xoxs-", "slack_token", 20),
            new Prefixed("xapp-", "slack_token", 20),
            new Prefixed("sk_live_", "stripe_key", 20),
            new Prefixed("sk_test_", "stripe_key", 20),
            new Prefixed("rk_live_", "stripe_key", 20),
            new Prefixed("npm_", "npm_token", 36),
            new Prefixed("hf_", "huggingface_token", 30),
            new Prefixed("shpat_", "shopify_token", 32),
            new Prefixed("dop_v1_", "digitalocean_token", 40),
            new Prefixed("sk-", "api_key", 32));

    private static final List<String> NAMES = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "api_key",
            "apikey",
            "api-key",
            "access_key",
            "accesskey",
            "access-key",
            "private_key",
            "auth_key",
            "authkey",
            "credential");

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_KEY = "PRIVATE KEY-----";
    private static final int PEM_LABEL = 24;
    private static final String VALUE_SIGNS = "+/=_-~!@#$%^&*";

    /** So much of a token is looked at to tell whether it is one. */
    private static final int LONGEST = 256;

    private static final int LONGEST_SEGMENT = 2048;
    private static final int LONGEST_NAME = 32;
    private static final int AWS_ID = 16;
    private static final int GOOGLE_KEY = 35;
    private static final int SHORTEST_SEGMENT = 10;
    private static final int SHORTEST_VALUE = 16;
    private static final double LEAST_BITS_PER_CHARACTER = 3;

    private Secrets() {}

    /** The secret whose prefix ends with this hyphen or underscore. */
    static Optional<PiiSpan> prefixed(char[] text, int at) {
        if (text[at] == '-' && Chars.startsWith(text, at, PEM_BEGIN)) {
            return privateKey(text, at);
        }
        for (Prefixed candidate : PREFIXED) {
            int start = at + 1 - candidate.prefix().length();
            if (Chars.endsWith(text, at + 1, candidate.prefix()) && !Chars.joins(Chars.at(text, start - 1))) {
                int end = endOf(text, at + 1, "_-");
                if (end - at - 1 >= candidate.fewest() && isMixed(text, at + 1, end)) {
                    return span(start, endOf(text, end, "_-", text.length), candidate.kind());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PiiSpan> privateKey(char[] text, int start) {
        int label = find(text, PEM_KEY, start + PEM_BEGIN.length(), start + PEM_BEGIN.length() + PEM_LABEL);
        if (label < 0) {
            return Optional.empty();
        }
        int body = label + PEM_KEY.length();
        int closing = find(text, PEM_KEY, body, text.length);
        return span(start, closing < 0 ? text.length : closing + PEM_KEY.length(), "private_key");
    }

    private static int find(char[] text, String word, int from, int to) {
        for (int i = from; i < to && i + word.length() <= text.length; i++) {
            if (Chars.startsWith(text, i, word)) {
                return i;
            }
        }
        return -1;
    }

    /** The key of a cloud whose prefix has this I as its second or third letter. */
    static Optional<PiiSpan> cloudKey(char[] text, int at) {
        if (Chars.startsWith(text, at, "Iza")) {
            int end = endOf(text, at - 1, "_-");
            boolean form =
                    Chars.at(text, at - 1) == 'A' && !Chars.joins(Chars.at(text, at - 2)) && end - at - 3 == GOOGLE_KEY;
            return form ? span(at - 1, end, "google_key") : Optional.empty();
        }
        int start = at - 2;
        if ((!Chars.endsWith(text, at, "AK") && !Chars.endsWith(text, at, "AS"))
                || Chars.at(text, at + 1) != 'A'
                || Chars.joins(Chars.at(text, start - 1))) {
            return Optional.empty();
        }
        int end = start + 4;
        while (end < text.length && (Chars.isUpper(text[end]) || Chars.isDigit(text[end]))) {
            end++;
        }
        return end - start - 4 == AWS_ID && !Chars.joins(Chars.at(text, end))
                ? span(start, end, "aws_key")
                : Optional.empty();
    }

    /** The JSON web token that begins two characters before this J. */
    static Optional<PiiSpan> webToken(char[] text, int at) {
        int start = at - 2;
        if (!Chars.endsWith(text, at, "ey") || Chars.joins(Chars.at(text, start - 1))) {
            return Optional.empty();
        }
        int header = endOf(text, start, "_-", LONGEST_SEGMENT);
        if (header - start < SHORTEST_SEGMENT || !Chars.startsWith(text, header, ".eyJ")) {
            return Optional.empty();
        }
        int payload = endOf(text, header + 1, "_-", LONGEST_SEGMENT);
        if (payload - header < SHORTEST_SEGMENT || Chars.at(text, payload) != '.') {
            return Optional.empty();
        }
        return span(start, endOf(text, payload + 1, "_-", LONGEST_SEGMENT), "jwt");
    }

    /** What looks random behind a name that says that it is secret and the colon or equals sign at the index. */
    static Optional<PiiSpan> named(char[] text, int at) {
        if (!hasSecretName(text, at)) {
            return Optional.empty();
        }
        int start = at + 1;
        while (start < text.length && " \t\"'=>`".indexOf(text[start]) >= 0) {
            start++;
        }
        int end = endOf(text, start, VALUE_SIGNS);
        if (end - start < SHORTEST_VALUE || !isRandom(text, start, end)) {
            return Optional.empty();
        }
        end = endOf(text, end, VALUE_SIGNS, text.length);
        return span(start, text[end - 1] == '!' ? end - 1 : end, "named_secret");
    }

    private static boolean hasSecretName(char[] text, int at) {
        int end = at;
        while (end > 0 && at - end < 3 && " \"'`:".indexOf(text[end - 1]) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0
                && end - start < LONGEST_NAME
                && (Chars.isAlphanumeric(text[start - 1]) || "_-.".indexOf(text[start - 1]) >= 0)) {
            start--;
        }
        int letters = 0;
        for (int i = start; i < end; i++) {
            letters += Chars.isAsciiLetter(text[i]) ? 1 : 0;
        }
        if (letters < 3) {
            return false;
        }
        String name = new String(text, start, end - start).toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name::contains);
    }

    private static boolean isRandom(char[] text, int start, int end) {
        return text[start] != '/'
                && isMixed(text, start, end)
                && bitsPerCharacter(text, start, end) >= LEAST_BITS_PER_CHARACTER;
    }

    /** Whether there are letters, and at least two digits. */
    private static boolean isMixed(char[] text, int start, int end) {
        int digits = 0;
        boolean letter = false;
        for (int i = start; i < end; i++) {
            digits += Chars.isDigit(text[i]) ? 1 : 0;
            letter |= Chars.isAsciiLetter(text[i]);
        }
        return letter && digits >= 2;
    }

    /** Shannon's entropy of the characters' frequencies. */
    private static double bitsPerCharacter(char[] text, int start, int end) {
        int[] counts = new int[128];
        for (int i = start; i < end; i++) {
            counts[text[i]]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / (end - start);
                bits -= share * StrictMath.log(share);
            }
        }
        return bits / StrictMath.log(2);
    }

    /** Looks no further than a token has to be known by, so that a text full of beginnings costs no more than others. */
    private static int endOf(char[] text, int start, String signs) {
        return endOf(text, start, signs, LONGEST);
    }

    private static int endOf(char[] text, int start, String signs, int longest) {
        int end = start;
        int last = (int) Math.min(text.length, (long) start + longest);
        while (end < last && (Chars.isAlphanumeric(text[end]) || (text[end] < 128 && signs.indexOf(text[end]) >= 0))) {
            end++;
        }
        return end;
    }

    private static Optional<PiiSpan> span(int start, int end, String kind) {
        return Optional.of(new PiiSpan(start, end, PiiType.SECRET, kind));
    }
}
