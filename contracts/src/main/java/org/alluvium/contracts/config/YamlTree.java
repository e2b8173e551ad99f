package org.alluvium.contracts.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.Tree.Group;
import org.alluvium.contracts.config.Tree.Items;
import org.alluvium.contracts.config.Tree.Member;
import org.alluvium.contracts.config.Tree.Scalar;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns YAML 1.2 into a {@link Tree}. It keeps every position, and reports what YAML allows but a configuration does not. */
final class YamlTree {

    /** Far deeper than any key lies; an anchor inside itself would have no end. */
    private static final int DEEPEST = 32;

    private final Position origin;
    private final Problems problems;

    private YamlTree(Position origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /**
     * Parses a text; an empty one is a group without keys.
     *
     * @return empty if it is not YAML, which has then been reported
     */
    static Optional<Tree> parse(String yaml, Position origin, Problems problems) {
        try {
            Optional<Node> root = new Compose(
                            LoadSettings.builder().setAllowNonScalarKeys(true).build())
                    .composeString(yaml);
            YamlTree tree = new YamlTree(origin, problems);
            return Optional.of(
                    root.map(node -> tree.convert(node, "", 0)).orElse(new Group(Map.of(), origin.at(1, 1))));
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(mark -> at(origin, mark)).orElse(origin);
            problems.add(at, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(origin, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Position at(Position origin, Mark mark) {
        return origin.line() == 0 ? origin : origin.at(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Position at(Node node) {
        return node.getStartMark().map(mark -> at(origin, mark)).orElse(origin);
    }

    private Tree convert(Node node, String path, int depth) {
        if (depth > DEEPEST) {
            problems.add(at(node), "the lists and groups are nested more than " + DEEPEST + " deep");
            return new Scalar("", false, at(node));
        }
        if (node instanceof MappingNode mapping) {
            return group(mapping, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
            }
            return new Items(items, at(node));
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Scalar(scalar.getValue(), !scalar.isPlain(), at(node));
    }

    private Group group(MappingNode mapping, String path, int depth) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Position at = at(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a list or a group cannot be a key");
                continue;
            }
            String name = key.getValue();
            String full = path.isEmpty() ? name : path + "." + name;
            Member first = members.get(name);
            if (first != null) {
                problems.add(at, full, "is given twice, first at " + first.at(), "one of them");
                continue;
            }
            members.put(name, new Member(at, convert(tuple.getValueNode(), full, depth + 1)));
        }
        return new Group(members, at(mapping));
    }
}
