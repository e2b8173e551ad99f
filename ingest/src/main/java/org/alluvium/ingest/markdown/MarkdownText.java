package org.alluvium.ingest.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import org.alluvium.ingest.html.HtmlText;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * Writes the text of a tree of Markdown. Blocks are separated by an empty line, items of a tight list and rows of a table
 * by none; items begin with a hyphen or their number, cells are separated by bars, code stays as it is written; of links
 * and pictures the label stays, of HTML its text. The tree is walked without recursion: authors may nest deeper than a
 * thread's stack.
 */
final class MarkdownText {

    private static final String CELL_SEPARATOR = " | ";

    /** In place of a number. */
    private static final int BULLET = -1;

    private final StringBuilder out = new StringBuilder();
    private final Visitor visitor = new Visitor();

    /** The next number of each open list, from the inside out; bullets have none. */
    private final Deque<Integer> numbers = new ArrayDeque<>();

    private MarkdownText() {}

    /** The text of a node and of what is in it. */
    static String of(Node root) {
        MarkdownText text = new MarkdownText();
        text.walk(root);
        return text.out.toString();
    }

    private void walk(Node root) {
        Node node = root;
        node.accept(visitor);
        while (true) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
            } else {
                while (!node.equals(root) && node.getNext() == null) {
                    leave(node);
                    node = node.getParent();
                }
                leave(node);
                if (node.equals(root)) {
                    return;
                }
                node = node.getNext();
            }
            node.accept(visitor);
        }
    }

    private void leave(Node node) {
        if (node instanceof ListBlock) {
            numbers.pop();
        }
        if (node instanceof Block) {
            separate(node instanceof ListItem || isInTightList(node) ? "\n" : "\n\n");
        } else if (node instanceof TableRow) {
            separate("\n");
        } else if (node instanceof TableCell && node.getNext() != null) {
            out.append(CELL_SEPARATOR);
        }
    }

    /** Ends a block; two blocks that end at the same place are separated once, by the larger of the two. */
    private void separate(String separator) {
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && out.length() - end < separator.length()) {
            out.setLength(end);
            out.append(separator);
        }
    }

    private static boolean isInTightList(Node block) {
        return block.getParent() instanceof ListItem item
                && item.getParent() instanceof ListBlock list
                && list.isTight();
    }

    /** Writes what a node itself shows; its children are visited by the walk. */
    private final class Visitor extends AbstractVisitor {

        @Override
        protected void visitChildren(Node parent) {
            // The walk descends.
        }

        @Override
        public void visit(Text text) {
            out.append(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            out.append(code.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock code) {
            out.append(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            out.append(code.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            out.append(HtmlText.visibleText(html.getLiteral()));
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            out.append(' ');
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            out.append('\n');
        }

        @Override
        public void visit(BulletList list) {
            beginList(list, BULLET);
        }

        @Override
        public void visit(OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            beginList(list, first == null ? 1 : first);
        }

        @Override
        public void visit(ListItem item) {
            int number = numbers.pop();
            out.append("  ".repeat(numbers.size()))
                    .append(number == BULLET ? "-" : number + ".")
                    .append(' ');
            numbers.push(number == BULLET ? BULLET : number + 1);
        }

        @Override
        public void visit(CustomBlock block) {
            // A table shows its cells.
        }

        @Override
        public void visit(CustomNode node) {
            // Rows and cells show what is in them.
        }

        private void beginList(ListBlock list, int firstNumber) {
            if (list.getParent() instanceof ListItem) {
                separate("\n");
            }
            numbers.push(firstNumber);
        }
    }
}
