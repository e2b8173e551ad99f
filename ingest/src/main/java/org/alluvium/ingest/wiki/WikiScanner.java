package org.alluvium.ingest.wiki;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.alluvium.ingest.wiki.WikiEdits.Mark;

/**
 * Finds the markup of a wikitext in one pass. Constructs that enclose others are kept on a stack until they close; one
 * that closes over others that are open abandons them.
 */
final class WikiScanner {

    private final String text;
    private final WikiEdits edits;
    private final WikiTags tags;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Kind, Integer> openOf = new EnumMap<>(Kind.class);
    private int position;

    /** What encloses. */
    private enum Kind {
        TEMPLATE,
        TABLE,
        LINK,
        ADDRESS
    }

    /** A construct that has begun; {@code label} is where its visible part does, or 0. */
    private static final class Open {
        private final Kind kind;
        private final int start;
        private int label;

        Open(Kind kind, int start, int label) {
            this.kind = kind;
            this.start = start;
            this.label = label;
        }
    }

    private WikiScanner(String text) {
        this.text = text;
        this.edits = new WikiEdits(text.length());
        this.tags = new WikiTags(text, edits);
    }

    /** Everything that is to be left out or replaced. */
    static WikiEdits scan(String text) {
        WikiScanner scanner = new WikiScanner(text);
        while (scanner.position < text.length()) {
            scanner.position = scanner.step(scanner.position);
        }
        return scanner.edits;
    }

    /** Handles what stands at a position and returns the next. */
    private int step(int at) {
        if (at == 0 || text.charAt(at - 1) == '\n') {
            int behind = lineStart(at);
            if (behind > at) {
                return behind;
            }
        }
        return switch (text.charAt(at)) {
            case '<' -> tags.at(at);
            case '{' -> text.startsWith("{{", at) ? push(Kind.TEMPLATE, at, 2) : at + 1;
            case '}' -> text.startsWith("}}", at) ? closeTemplate(at) : at + 1;
            case '[' -> openLink(at);
            case ']' -> closeLink(at);
            case '|' -> label(at);
            case '\'' -> apostrophes(at);
            case '_' -> magicWord(at);
            case '\n' -> endLine(at);
            default -> at + 1;
        };
    }

    private int push(Kind kind, int at, int length) {
        return push(new Open(kind, at, 0), at + length);
    }

    private int push(Open construct, int behind) {
        open.push(construct);
        openOf.merge(construct.kind, 1, Integer::sum);
        return behind;
    }

    /** The innermost open construct of the kind, with all inside it abandoned; null if none is open. */
    private Open pop(Kind kind) {
        if (!isOpen(kind)) {
            return null;
        }
        while (true) {
            Open construct = open.pop();
            openOf.merge(construct.kind, -1, Integer::sum);
            if (construct.kind == kind) {
                return construct;
            }
        }
    }

    private boolean isOpen(Kind kind) {
        return openOf.getOrDefault(kind, 0) > 0;
    }

    private boolean isInnermost(Kind kind) {
        return !open.isEmpty() && open.peek().kind == kind;
    }

    /** What means something only at the start of a line. */
    private int lineStart(int at) {
        int content = at;
        while (content < text.length() && isBlankOrColon(text.charAt(content))) {
            content++;
        }
        if (text.startsWith("{|", content)) {
            return push(new Open(Kind.TABLE, at, 0), content + 2);
        }
        if (text.startsWith("|}", content) && !text.startsWith("|}}", content) && isOpen(Kind.TABLE)) {
            edits.cut(pop(Kind.TABLE).start, content + 2);
            return content + 2;
        }
        if (!open.isEmpty()) {
            return at;
        }
        return switch (text.charAt(at)) {
            case '=' -> heading(at);
            case '*', '#', ':', ';' -> listItem(at);
            case '-' -> text.startsWith("----", at) ? rule(at) : at;
            default -> at;
        };
    }

    private static boolean isBlankOrColon(char c) {
        return c == ' ' || c == '\t' || c == ':';
    }

    private int heading(int at) {
        int end = lineEnd(at);
        int last = end;
        while (last > at && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        int level = 0;
        while (at + level < last && text.charAt(at + level) == '=') {
            level++;
        }
        int closing = last;
        while (closing > at + level && text.charAt(closing - 1) == '=') {
            closing--;
        }
        if (closing == last || closing == at + level) {
            return at;
        }
        int title = at + level;
        while (text.charAt(title) == ' ') {
            title++;
        }
        edits.replace(at, at + level, Mark.HEADING);
        if (title > at + level) {
            edits.cut(at + level, title);
        }
        edits.replace(closing, last, Mark.HEADING_END);
        return title;
    }

    private int listItem(int at) {
        int end = at;
        while (end < text.length() && "*#:;".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        boolean item = "*#".indexOf(text.charAt(end - 1)) >= 0;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        if (item) {
            edits.replace(at, end, Mark.LIST_ITEM);
        } else {
            edits.cut(at, end);
        }
        return end;
    }

    private int rule(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '-') {
            end++;
        }
        edits.cut(at, end);
        return end;
    }

    private int lineEnd(int at) {
        int feed = text.indexOf('\n', at);
        return feed < 0 ? text.length() : feed;
    }

    /** Three braces hold a parameter of a template; they are read as a template with one more around it. */
    private int closeTemplate(int at) {
        Open template = pop(Kind.TEMPLATE);
        if (template == null) {
            return at + 2;
        }
        boolean parameter = text.charAt(template.start + 2) == '{' && text.startsWith("}", at + 2);
        int end = parameter ? at + 3 : at + 2;
        edits.cut(template.start, end);
        return end;
    }

    private int openLink(int at) {
        if (text.startsWith("[[", at)) {
            return push(Kind.LINK, at, 2);
        }
        int address = WikiLinks.addressEnd(text, at + 1);
        if (address < 0) {
            return at + 1;
        }
        if (address < text.length() && text.charAt(address) == ']') {
            edits.cut(at, address + 1);
            return address + 1;
        }
        return push(new Open(Kind.ADDRESS, at, address), address);
    }

    private int closeLink(int at) {
        if (isInnermost(Kind.ADDRESS)) {
            Open link = pop(Kind.ADDRESS);
            int label = link.label;
            while (text.charAt(label) == ' ') {
                label++;
            }
            edits.cut(link.start, label);
            edits.cut(at, at + 1);
            return at + 1;
        }
        if (!text.startsWith("]]", at)) {
            return at + 1;
        }
        Open link = pop(Kind.LINK);
        if (link != null) {
            WikiLinks.edit(text, link.start, link.label, at, edits);
        }
        return at + 2;
    }

    /** The first bar of a link ends its target. */
    private int label(int at) {
        if (isInnermost(Kind.LINK) && open.peek().label == 0) {
            open.peek().label = at + 1;
        }
        return at + 1;
    }

    /** Two are italic, three bold, five both; four are one and bold, more than five some and both. */
    private int apostrophes(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '\'') {
            end++;
        }
        int length = end - at;
        int markup = length >= 5 ? 5 : length == 4 ? 3 : length;
        if (markup >= 2) {
            edits.cut(end - markup, end);
        }
        return end;
    }

    private int magicWord(int at) {
        if (!text.startsWith("__", at)) {
            return at + 1;
        }
        int end = at + 2;
        while (end < text.length() && Character.isUpperCase(text.charAt(end))) {
            end++;
        }
        if (end == at + 2 || !text.startsWith("__", end)) {
            return end;
        }
        edits.cut(at, end + 2);
        return end + 2;
    }

    /** The address of a link does not go on in the next line. */
    private int endLine(int at) {
        Iterator<Open> innermost = open.iterator();
        while (innermost.hasNext() && innermost.next().kind == Kind.ADDRESS) {
            innermost.remove();
            openOf.merge(Kind.ADDRESS, -1, Integer::sum);
        }
        return at + 1;
    }
}
