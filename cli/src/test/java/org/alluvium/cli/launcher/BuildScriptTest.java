package org.alluvium.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/build.sh} in a shell, with a Maven that only tells what it was asked. */
class BuildScriptTest {

    private static final Path BIN = Path.of("..", "bin").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path root;
    private Path sdk;

    @BeforeEach
    void makeInstallation() throws IOException {
        root = folder.resolve("alluvium");
        write(root.resolve("pom.xml"), "    <tornado.version>5.2.0-jdk25</tornado.version>\n");
        Files.createDirectories(root.resolve("trainer-tornado"));
        Files.createDirectories(root.resolve("bin/jvm"));
        for (String name : new String[] {
            "find-jdk.sh",
            "tornado.sh",
            "browser.sh",
            "kubectl.sh",
            "prometheus.sh",
            "tiktoken.sh",
            "build.sh",
            "jvm/tornado.options"
        }) {
            Files.copy(BIN.resolve(name), root.resolve("bin").resolve(name));
        }
        executable(root.resolve("mvnw"), "echo \"$@\" >> " + root.resolve("asked"));
        write(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        for (String tool : new String[] {"chromium", "prometheus", "promtool"}) {
            executable(root.resolve("tools").resolve(tool), "exit 0");
        }
        executable(root.resolve("tools/kubectl"), "echo Kustomize Version: v5.5.0");
        Files.createDirectories(root.resolve("target/tiktoken"));
        Files.createFile(root.resolve("target/tiktoken/gpt2.json"));
        executable(folder.resolve("jdk/bin/javac"), "exit 0");
        executable(folder.resolve("jdk/bin/java"), "exit 0");
        sdk = folder.resolve("sdk");
        write(sdk.resolve("tornado-argfile"), "-server\n");
    }

    @Test
    void withoutAnSdkTheModuleForAcceleratorsIsNotBuilt() throws Exception {
        run("build_if_stale; is_stale || echo fresh", "");
        assertThat(asked()).hasLineCount(1).contains("-pl cli -am package").doesNotContain("tornado");
    }

    @Test
    void anSdkThatHasComeSinceTheLastBuildIsBuiltForOnce() throws Exception {
        run("build_if_stale", "");
        assertThat(run("build_if_stale; is_stale || echo fresh", sdk.toString()))
                .endsWith("fresh\n");
        assertThat(asked()).containsSubsequence("dependency:get", "tornado-api:5.2.0-jdk25", "-Ptornado -pl cli -am");
        assertThat(run("is_stale || echo fresh", "")).isEqualTo("fresh\n");
    }

    @Test
    void anApiThatCannotBeFetchedIsSaidAndTheRestIsBuilt() throws Exception {
        executable(
                root.resolve("mvnw"),
                "echo \"$@\" >> " + root.resolve("asked") + "; case \"$*\" in *dependency:get*) exit 1 ;; esac");

        assertThat(run("build_if_stale; is_stale || echo fresh", sdk.toString()))
                .contains(
                        "going on without accelerators: io.github.beehive-lab:tornado-api:5.2.0-jdk25 cannot be fetched")
                .endsWith("fresh\n");
        assertThat(asked()).contains("-pl cli -am package").doesNotContain("-Ptornado");
    }

    @Test
    void testsSayWhetherTheyRunOnADevice() throws Exception {
        assertThat(run("run_tests -pl contracts", ""))
                .startsWith("alluvium: testing without a device: TornadoVM is not installed\n");
        assertThat(run("run_tests -pl contracts", sdk.toString()))
                .startsWith("alluvium: testing on the device as well, by TornadoVM in " + sdk + "\n");
        assertThat(asked().lines())
                .last()
                .asString()
                .contains("-Ptornado", "-Dtornado.options=", "verify -pl contracts");
    }

    private String asked() throws IOException {
        return Files.readString(root.resolve("asked"));
    }

    private String run(String command, String tornadoHome) throws Exception {
        String script = "set -eu; root=" + root
                + "; PATH=$root/tools:$PATH; for part in find-jdk tornado browser kubectl prometheus tiktoken build; do . $root/bin/$part.sh; done; "
                + command;
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        shell.environment().put("HOME", folder.toString());
        shell.environment().put("TORNADOVM_HOME", tornadoHome);
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void executable(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
