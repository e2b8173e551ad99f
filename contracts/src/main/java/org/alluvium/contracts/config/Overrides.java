package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.config.Tree.Group;
import org.alluvium.contracts.config.Tree.Items;
import org.alluvium.contracts.config.Tree.Member;

/**
 * Puts what the command line says into a tree, later words over earlier ones. {@code key=value}: the key is a dotted path,
 * with {@code [n]} for the n-th element of a list, from 0; {@code n} may be one past the last, which appends. The value is
 * YAML, so lists and groups can be given too; none takes back what an optional key was. {@code @FILE}: a YAML file whose groups are merged into those of the tree,
 * key by key; its values and lists take the place of what was there.
 */
final class Overrides {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d{1,6}])*)");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    private final Position origin;
    private final Problems problems;

    Overrides(Position origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /**
     * The tree with all of it put in; what cannot be is reported and left out.
     *
     * @param files what reads a file
     */
    Tree apply(Tree tree, List<String> words, Function<Path, String> files) {
        Tree result = tree;
        for (String word : words) {
            result = word.startsWith("@") ? lay(Path.of(word.substring(1)), result, files) : set(word, result);
        }
        return result;
    }

    private Tree lay(Path file, Tree tree, Function<Path, String> files) {
        Position start = new Position(file.toString(), file.toAbsolutePath().getParent(), 1, 1);
        return YamlTree.parse(files.apply(file), start, problems)
                .map(over -> merged(tree, over))
                .orElse(tree);
    }

    private static Tree merged(Tree under, Tree over) {
        if (!(under instanceof Group below && over instanceof Group above)) {
            return over;
        }
        Map<String, Member> members = new LinkedHashMap<>(below.members());
        above.members()
                .forEach((name, member) -> members.merge(
                        name, member, (old, given) -> new Member(given.at(), merged(old.value(), given.value()))));
        return new Group(members, below.at());
    }

    private Tree set(String pair, Tree tree) {
        int equals = pair.indexOf('=');
        Optional<List<Object>> steps =
                equals < 0 ? Optional.empty() : steps(pair.substring(0, equals).strip());
        if (steps.isEmpty()) {
            problems.add(origin, "'" + pair + "' is not of the form key=value, such as train.steps=100, or @FILE");
            return tree;
        }
        String text = pair.substring(equals + 1);
        return YamlTree.parse(text, origin, problems)
                .map(value -> text.isBlank() ? new Tree.Scalar("", false, origin) : value)
                .map(value -> put(
                        tree, steps.get(), 0, value, pair.substring(0, equals).strip()))
                .orElse(tree);
    }

    /** Names as strings and indexes as integers, or empty if the path has another form. */
    private static Optional<List<Object>> steps(String path) {
        List<Object> steps = new ArrayList<>();
        for (String part : path.split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return Optional.empty();
            }
            steps.add(step.group(1));
            INDEX.matcher(step.group(2)).results().forEach(index -> steps.add(Integer.valueOf(index.group(1))));
        }
        return Optional.of(steps);
    }

    private Tree put(Tree tree, List<Object> steps, int at, Tree value, String path) {
        if (at == steps.size()) {
            return value;
        }
        if (steps.get(at) instanceof Integer index) {
            return putItem(tree, index, steps, at, value, path);
        }
        String name = (String) steps.get(at);
        if (!(tree instanceof Group group)) {
            problems.add(
                    origin,
                    path,
                    "goes into something that " + tree.describe() + " at " + tree.at(),
                    "a key of a group");
            return tree;
        }
        Map<String, Member> members = new LinkedHashMap<>(group.members());
        Member old = members.get(name);
        Tree child = put(old == null ? empty(steps, at + 1) : old.value(), steps, at + 1, value, path);
        members.put(name, new Member(origin, child));
        return new Group(members, group.at());
    }

    private Tree putItem(Tree tree, int index, List<Object> steps, int at, Tree value, String path) {
        if (!(tree instanceof Items items)) {
            problems.add(
                    origin,
                    path,
                    "counts into something that " + tree.describe() + " at " + tree.at(),
                    "an element of a list");
            return tree;
        }
        List<Tree> list = new ArrayList<>(items.items());
        if (index > list.size()) {
            problems.add(origin, path, "is beyond the end of the list", "[0] to [" + list.size() + "]");
            return tree;
        }
        if (index == list.size()) {
            list.add(empty(steps, at + 1));
        }
        list.set(index, put(list.get(index), steps, at + 1, value, path));
        return new Items(list, items.at());
    }

    /** What stands where nothing stood, so that the next step can go into it. */
    private Tree empty(List<Object> steps, int next) {
        boolean list = next < steps.size() && steps.get(next) instanceof Integer;
        return list ? new Items(List.of(), origin) : new Group(Map.of(), origin);
    }
}
