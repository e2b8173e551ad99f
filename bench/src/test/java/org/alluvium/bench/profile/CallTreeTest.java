package org.alluvium.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.alluvium.bench.profile.Shares.Share;
import org.junit.jupiter.api.Test;

class CallTreeTest {

    private final CallTree tree = CallTree.empty();

    CallTreeTest() {
        tree.add(List.of("task", "org.apache.flink.Task.run", "org.alluvium.ingest.pii.Emails.scan"));
        tree.add(List.of("task", "org.apache.flink.Task.run", "org.alluvium.ingest.pii.Emails.scan", "java.A.b"));
        tree.add(List.of("task", "org.apache.flink.Task.run"));
        tree.add(List.of("timer", "java.lang.Thread.run"));
    }

    @Test
    void aSampleIsLaidAtTheDoorOfTheLastOfOurPackages() {
        assertThat(Shares.of(tree))
                .containsExactlyInAnyOrder(
                        new Share("ingest.pii", 0.5), new Share("Flink, and the rest of the JVM", 0.5));
    }

    @Test
    void thePictureHasABoxOfEveryCall() {
        assertThat(FlameGraph.svg(tree))
                .contains(
                        "<title>org.alluvium.ingest.pii.Emails.scan, 50.0 %</title>",
                        "width=\"300.0\"", ">Emails.scan<")
                .endsWith("</svg>\n");
    }
}
