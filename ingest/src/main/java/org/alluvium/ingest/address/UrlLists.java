package org.alluvium.ingest.address;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.config.UrlFilterConfig;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.phrase.ListFile;
import org.alluvium.ingest.phrase.Phrases;

/**
 * Drops documents by their address, with the rules of FineWeb's pipeline in its order: the registered domain is listed
 * ({@code domain}), the host is ({@code subdomain}), the address is ({@code url}), a banned word is among the parts of the
 * address ({@code hard_blacklisted}), as many soft banned words as the limit are ({@code soft_blacklisted}), a banned subword
 * is anywhere in its letters and digits ({@code blacklisted_subword}). Parts are runs of ASCII letters and digits as they are
 * written; entries of the lists of words are compared in small letters, so words in capitals match none, as in the reference.
 * Hosts are compared in small letters, which the reference leaves to the list. A document without an address is kept.
 */
public final class UrlLists implements Filter {

    private final Set<String> domains;
    private final Set<String> urls;
    private final Set<String> banned;
    private final Set<String> softBanned;
    private final int softLimit;
    private final Phrases subwords;

    /** @throws org.alluvium.contracts.error.AlluviumException if a list cannot be read */
    public UrlLists(UrlFilterConfig config) {
        domains = ListFile.read(config.domains(), Host::lower);
        urls = ListFile.read(config.urls(), url -> url);
        banned = ListFile.read(config.bannedWords(), UrlLists::lettersAndDigits);
        softBanned = ListFile.read(config.softBannedWords(), UrlLists::lettersAndDigits);
        softLimit = config.softBannedLimit();
        subwords = Phrases.of(ListFile.read(config.bannedSubwords(), UrlLists::lettersAndDigits));
    }

    /** Whether any list is configured. */
    public static boolean isConfigured(UrlFilterConfig config) {
        return !(config.domains().isEmpty()
                && config.urls().isEmpty()
                && config.bannedWords().isEmpty()
                && config.softBannedWords().isEmpty()
                && config.bannedSubwords().isEmpty());
    }

    @Override
    public String name() {
        return "url";
    }

    @Override
    public Decision judge(Subject subject) {
        List<Finding> findings = examine(subject);
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i).fails()) {
                String url = subject.document().url().orElseThrow();
                return new Decision.Drop(findings.get(i).rule(), url, findings.subList(0, i + 1));
            }
        }
        return Decision.KEEP;
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return subject.document().url().map(this::examine).orElse(List.of());
    }

    private List<Finding> examine(String url) {
        Optional<String> host = Host.of(url);
        Set<String> parts = parts(url);
        return List.of(
                listed("domain", host.flatMap(Host::registeredDomain).filter(domains::contains)),
                listed("subdomain", host.filter(domains::contains)),
                listed("url", Optional.of(url).filter(urls::contains)),
                listed(
                        "hard_blacklisted",
                        parts.stream().filter(banned::contains).findFirst()),
                Finding.atMost(
                        "soft_blacklisted",
                        (double) parts.stream().filter(softBanned::contains).count(),
                        softLimit - 1),
                listed("blacklisted_subword", subwords.find(lettersAndDigits(url))));
    }

    private static Finding listed(String rule, Optional<String> found) {
        return Finding.atMost(rule, found.isPresent() ? 1 : 0, 0);
    }

    /** The runs of ASCII letters and digits. */
    private static Set<String> parts(String url) {
        Set<String> parts = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= url.length(); i++) {
            if (i == url.length() || !isLetterOrDigit(url.charAt(i))) {
                if (start < i) {
                    parts.add(url.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private static String lettersAndDigits(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        text.chars()
                .filter(c -> isLetterOrDigit((char) c))
                .map(Characters::toLowerCase)
                .forEach(c -> rest.append((char) c));
        return rest.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
