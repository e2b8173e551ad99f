package org.alluvium.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a proof that the model of a checkpoint has learned from a document. It needs the proof and, to know that it is about
 * that checkpoint, its folder or the SHA-256 of its MANIFEST.json; no corpus, no journal, no library. To run it from its source:
 *
 * <pre>java Verify.java PROOF [CHECKPOINT_FOLDER | SHA256_OF_MANIFEST]</pre>
 *
 * <p>What has to hold, from the checkpoint down to the document:
 *
 * <ol>
 *   <li>The manifest is the checkpoint's. It has the digest of the commitment.
 *   <li>The commitment's root of what was consumed has the piece as a leaf: a step, a row, a document, tokens.
 *   <li>The commitment's root of the log has the entry as the leaf whose number the piece says.
 *   <li>The entry's root of the shard that the piece says has the row as the leaf whose number the piece says.
 *   <li>The row is of the piece's document, and has the piece's tokens.
 * </ol>
 *
 * <p>Trees are those of RFC 6962 section 2.1, paths are checked as in RFC 9162 section 2.1.3.2. Exit codes: 0 the proof holds,
 * 64 wrong arguments, 65 it does not hold, 74 a file cannot be read.
 */
public final class Verify {

    private static final int HOLDS = 0;
    private static final int USAGE = 64;
    private static final int DOES_NOT_HOLD = 65;
    private static final int UNREADABLE = 74;

    private static final String SHA256 = "sha256";
    private static final String COMMITMENT = "commitment.json";

    private Verify() {}

    /** A proof does not hold; says at which point. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** The same without leaving the process; gives the exit code. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 1 || arguments.length > 2 || arguments[0].startsWith("-")) {
            err.println("usage: java Verify.java PROOF [CHECKPOINT_FOLDER | SHA256_OF_MANIFEST]");
            return USAGE;
        }
        try {
            Json proof = Json.parse(Files.readString(Path.of(arguments[0])));
            verify(proof, arguments.length == 2 ? arguments[1] : "", out);
            return HOLDS;
        } catch (Refused e) {
            err.println("The proof does not hold: " + e.getMessage());
            return DOES_NOT_HOLD;
        } catch (IOException e) {
            err.println("A file cannot be read: " + e);
            return UNREADABLE;
        }
    }

    private static void verify(Json proof, String checkpoint, PrintStream out) throws Refused, IOException {
        require(proof.get("version").integer() == 1, "it has a format that this verifier does not know");
        String manifest = proof.get("manifest").text();
        String compared = compare(manifest, checkpoint);
        String committed = proof.get("commitment").text();
        require(
                Json.parse(manifest)
                        .get("files")
                        .get(COMMITMENT)
                        .get(SHA256)
                        .text()
                        .equals(sha256(bytes(committed))),
                "the manifest names another commitment");
        Json commitment = Json.parse(committed);
        require(commitment.get("version").integer() == 1, "the commitment is of a format that is not known");

        String pieceText = proof.get("piece").get("leaf").text();
        Json consumed = commitment.get("consumed");
        requireLeaf("piece", proof.get("piece"), proof.get("piece").get("index").integer(), consumed);
        Json piece = Json.parse(pieceText);
        require(
                piece.get("step").integer() <= commitment.get("step").integer(),
                "the piece is of a step after the checkpoint");
        List<Json> place = piece.get("row").list();
        require(place.size() == 3, "the piece does not say where its row is");

        requireLeaf("entry", proof.get("entry"), place.get(0).integer(), commitment.get("log"));
        Json entry = Json.parse(proof.get("entry").get("leaf").text());
        require(entry.get("kind").text().equals("commit"), "the log entry is no commit");
        require(entry.get("sequence").integer() == place.get(0).integer(), "the log entry has another number");
        List<Json> shards = entry.get("shards").list();
        long number = place.get(1).integer();
        require(number >= 0 && number < shards.size(), "the log entry has no such shard");
        Json shard = shards.get((int) number);

        requireLeaf(
                "row",
                proof.get("row"),
                place.get(2).integer(),
                new Json(Map.of("size", shard.get("rows"), "root", shard.get("rowsRoot"))));
        Json row = Json.parse(proof.get("row").get("leaf").text());
        String id = proof.get("document").text();
        require(row.get("id").text().equals(id), "the row is of another document");
        require(piece.get("id").text().equals(id), "the piece is of another document");
        long from = piece.get("from").integer();
        long tokens = piece.get("tokens").integer();
        require(
                from >= 0 && tokens > 0 && tokens <= row.get("tokens").integer() - from,
                "the row has fewer tokens than the piece");

        out.printf(
                "The proof holds: by step %d the model had learned from document %s.%n%n",
                commitment.get("step").integer(), id);
        out.printf("checkpoint  manifest %s%n            %s%n", sha256(bytes(manifest)), compared);
        out.printf(
                "piece       tokens %d to %d, in step %d%n",
                from, from + tokens - 1, piece.get("step").integer());
        out.printf(
                "row         %d of %s, shard %d of log entry %d%n",
                place.get(2).integer(),
                shard.get("path").text(),
                number,
                place.get(0).integer());
        out.printf("document    %s%n", proof.get("row").get("leaf").text());
    }

    /** Compares the manifest with what the user trusts, and says what was compared. */
    private static String compare(String manifest, String checkpoint) throws Refused, IOException {
        if (checkpoint.isEmpty()) {
            return "compare this with the checkpoint's: none was named";
        }
        if (checkpoint.matches("[0-9a-f]{64}")) {
            require(checkpoint.equals(sha256(bytes(manifest))), "it is about another checkpoint");
            return "as was given";
        }
        Path folder = Path.of(checkpoint);
        require(
                Files.readString(folder.resolve("MANIFEST.json")).equals(manifest),
                "it is about another checkpoint than " + folder);
        for (Map.Entry<String, Json> file :
                Json.parse(manifest).get("files").members().entrySet()) {
            require(
                    sha256(folder.resolve(file.getKey()))
                            .equals(file.getValue().get(SHA256).text()),
                    file.getKey() + " of the checkpoint is not what its manifest says");
        }
        return "as in " + folder + ", whose files are as it says";
    }

    private static void requireLeaf(String what, Json proved, long index, Json tree) throws Refused {
        String hash = leaf(proved.get("leaf").text());
        long size = tree.get("size").integer();
        require(index >= 0 && index < size, "the " + what + " is outside its tree");
        long at = index;
        long last = size - 1;
        for (Json step : proved.get("path").list()) {
            require(last > 0, "the path of the " + what + " is too long");
            if ((at & 1) == 1 || at == last) {
                hash = node(step.text(), hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, step.text());
            }
            at >>= 1;
            last >>= 1;
        }
        require(last == 0 && hash.equals(tree.get("root").text()), "the " + what + " is not in its tree");
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(otherwise);
        }
    }

    private static String leaf(String content) {
        return sha256(new byte[] {0}, bytes(content));
    }

    private static String node(String left, String right) throws Refused {
        require(left.matches("[0-9a-f]{64}") && right.matches("[0-9a-f]{64}"), "a path has what is no digest");
        HexFormat hex = HexFormat.of();
        return sha256(new byte[] {1}, hex.parseHex(left), hex.parseHex(right));
    }

    private static String sha256(byte[]... parts) {
        MessageDigest digest = newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A value of JSON (RFC 8259), read strictly: a name twice in an object, or anything behind the value, is refused, so that no
     * text can be read in two ways.
     *
     * @param value a map of values by name, a list of values, a string, a {@code Long}, a {@code Double}, a {@code Boolean}, or an
     *     empty string for null
     */
    record Json(Object value) {

        static Json parse(String text) throws Refused {
            Parser parser = new Parser(text);
            Json value = parser.value(0);
            parser.end();
            return value;
        }

        Json get(String name) throws Refused {
            Json member = members().get(name);
            require(member != null, "there is no '" + name + "'");
            return member;
        }

        @SuppressWarnings("unchecked") // that is what the parser puts there
        Map<String, Json> members() throws Refused {
            require(value instanceof Map, "there is no object where one is expected");
            return (Map<String, Json>) value;
        }

        @SuppressWarnings("unchecked") // as above
        List<Json> list() throws Refused {
            require(value instanceof List, "there is no array where one is expected");
            return (List<Json>) value;
        }

        String text() throws Refused {
            require(value instanceof String, "there is no string where one is expected");
            return (String) value;
        }

        long integer() throws Refused {
            require(value instanceof Long, "there is no integer where one is expected");
            return (Long) value;
        }
    }

    private static final class Parser {

        private static final int DEEPEST = 32;

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Json value(int depth) throws Refused {
            require(depth < DEEPEST, "JSON is too deep");
            skipSpace();
            return new Json(
                    switch (peek()) {
                        case '{' -> object(depth);
                        case '[' -> array(depth);
                        case '"' -> string();
                        case 't' -> word("true", true);
                        case 'f' -> word("false", false);
                        case 'n' -> word("null", "");
                        default -> number();
                    });
        }

        void end() throws Refused {
            skipSpace();
            require(at == text.length(), "there is something behind the JSON");
        }

        private Map<String, Json> object(int depth) throws Refused {
            Map<String, Json> members = new LinkedHashMap<>();
            at++;
            for (boolean more = !skipped('}'); more; more = more('}')) {
                skipSpace();
                String name = string();
                skipSpace();
                require(skipped(':'), "a colon is missing");
                require(members.put(name, value(depth + 1)) == null, "'" + name + "' is there twice");
            }
            return members;
        }

        private List<Json> array(int depth) throws Refused {
            List<Json> elements = new ArrayList<>();
            at++;
            for (boolean more = !skipped(']'); more; more = more(']')) {
                elements.add(value(depth + 1));
            }
            return elements;
        }

        private boolean more(char closing) throws Refused {
            if (skipped(closing)) {
                return false;
            }
            require(skipped(','), "a comma is missing");
            return true;
        }

        private String string() throws Refused {
            require(peek() == '"', "a string is missing");
            at++;
            StringBuilder value = new StringBuilder();
            while (peek() != '"') {
                char next = text.charAt(at++);
                require(next >= ' ', "a string has a control character");
                value.append(next == '\\' ? escaped() : next);
            }
            at++;
            return value.toString();
        }

        private char escaped() throws Refused {
            char kind = peek();
            at++;
            int plain = "\"\\/bfnrt".indexOf(kind);
            if (plain >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(plain);
            }
            require(kind == 'u' && at + 4 <= text.length(), "an escape is none");
            String digits = text.substring(at, at + 4);
            require(digits.matches("[0-9a-fA-F]{4}"), "an escape is none");
            at += 4;
            return (char) Integer.parseInt(digits, 16);
        }

        private Object number() throws Refused {
            int begin = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String digits = text.substring(begin, at);
            require(digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?"), "a number is none: " + digits);
            return digits.matches("-?\\d{1,18}") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
        }

        private Object word(String word, Object meaning) throws Refused {
            require(text.startsWith(word, at), "there is what is no JSON");
            at += word.length();
            return meaning;
        }

        private boolean skipped(char one) throws Refused {
            skipSpace();
            boolean there = peek() == one;
            at += there ? 1 : 0;
            return there;
        }

        private char peek() throws Refused {
            require(at < text.length(), "JSON is cut short");
            return text.charAt(at);
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
