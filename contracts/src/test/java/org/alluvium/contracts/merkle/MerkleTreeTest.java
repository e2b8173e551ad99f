package org.alluvium.contracts.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /** The inputs and roots that implementations of RFC 6962 are commonly checked with. */
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static String leaf(int number) {
        return MerkleHash.leaf("leaf " + number);
    }

    private static List<String> leaves(int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(MerkleTreeTest::leaf)
                .toList();
    }

    private static MerkleTree tree(List<String> leaves) {
        MerkleTree tree = MerkleTree.EMPTY;
        for (String leaf : leaves) {
            tree = tree.plus(leaf);
        }
        return tree;
    }

    /** The definition of RFC 6962 section 2.1, word for word. */
    private static String defined(List<String> leaves) {
        int size = leaves.size();
        if (size < 2) {
            return size == 0 ? MerkleHash.EMPTY : leaves.get(0);
        }
        int left = Integer.highestOneBit(size - 1);
        return MerkleHash.node(defined(leaves.subList(0, left)), defined(leaves.subList(left, size)));
    }

    @Test
    void theRootsAreThoseOfTheSpecification() {
        MerkleTree tree = MerkleTree.EMPTY;
        List<String> roots = new ArrayList<>();
        for (String input : INPUTS) {
            tree = tree.plus(MerkleHash.leaf(HexFormat.of().parseHex(input)));
            roots.add(tree.root());
        }
        assertThat(roots).isEqualTo(ROOTS);
        assertThat(MerkleTree.EMPTY.root())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Property(tries = 60)
    void aTreeThatGrowsHasTheRootThatItsLeavesDefine(@ForAll @IntRange(max = 70) int size) {
        assertThat(tree(leaves(size)).root()).isEqualTo(defined(leaves(size)));
    }

    @Property(tries = 100)
    void aPathLeadsFromItsLeafToTheRootAndFromNoOther(
            @ForAll @IntRange(min = 1, max = 70) int size, @ForAll @IntRange(max = 69) int some) {
        int index = some % size;
        List<String> leaves = leaves(size);
        MerklePath path = MerklePath.to(index, size, leaves.iterator());
        String root = tree(leaves).root();
        assertThat(path.root(leaves.get(index))).isEqualTo(root);
        assertThat(path.root(leaf(size))).isNotEqualTo(root);
        assertThat(path.siblings()).hasSizeLessThanOrEqualTo(Integer.SIZE - Integer.numberOfLeadingZeros(size));
    }

    @Test
    void aPathNeedsAllLeaves() {
        assertThatThrownBy(() -> MerklePath.to(1, 5, leaves(4).iterator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fewer leaves than 5");
        assertThatThrownBy(() -> MerklePath.to(5, 5, leaves(5).iterator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leaf 5 of a tree of 5");
    }

    @Test
    void aTreeHasAsManyPeaksAsItsSizeHasBits() {
        assertThat(tree(leaves(7)).peaks()).hasSize(3);
        assertThatThrownBy(() -> new MerkleTree(7, List.of())).hasMessage("0 peaks of a tree of 7 leaves");
    }
}
