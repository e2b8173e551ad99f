package org.alluvium.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/tornado.sh} in a shell, with an SDK and a JDK that are a few files of this test. */
class TornadoScriptTest {

    private static final Path BIN = Path.of("..", "bin").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path root;
    private Path sdk;
    private Path jdk;

    @BeforeEach
    void makeInstallation() throws IOException {
        root = folder.resolve("alluvium");
        write(root.resolve("pom.xml"), "    <tornado.version>5.2.0-jdk25</tornado.version>\n");
        Files.createDirectories(root.resolve("bin/jvm"));
        for (String name : new String[] {"find-jdk.sh", "tornado.sh", "jvm/tornado.options"}) {
            Files.copy(BIN.resolve(name), root.resolve("bin").resolve(name));
        }
        jdk = folder.resolve("jdk");
        write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        executable(jdk.resolve("bin/javac"), "exit 0");
        executable(jdk.resolve("bin/java"), "exit 0");
        sdk = folder.resolve("sdk");
        write(sdk.resolve("tornado-argfile"), "-XX:+UseParallelGC\n--module-path .:" + sdk + "\n");
        write(sdk.resolve("share/java/tornado/tornado-api-5.2.0-jdk25-abc.jar"), "");
    }

    @Test
    void theOptionsOfAnSdkComeBeforeOurs() throws Exception {
        assertThat(find(sdk)).isEqualTo("options " + root.resolve("cli/target/tornado.options") + "\n");
        assertThat(Files.readString(root.resolve("cli/target/tornado.options")))
                .containsSubsequence(
                        "-XX:+UseParallelGC",
                        "--module-path .:",
                        "--module-path " + sdk.resolve("share/java/tornado"),
                        "-XX:-UseParallelGC",
                        "-Dtornado.recover.bailout=False");
    }

    @Test
    void aFreshSdkHasOnlyATemplateOfItsOptions() throws Exception {
        Files.delete(sdk.resolve("tornado-argfile"));
        write(sdk.resolve("tornado-argfile.template"), "-Djava.library.path=${TORNADOVM_HOME}/lib\n");

        assertThat(find(sdk)).startsWith("options ");
        assertThat(Files.readString(root.resolve("cli/target/tornado.options")))
                .startsWith("-Djava.library.path=" + sdk + "/lib\n");
    }

    @Test
    void sdkmansPlaceServesWhereNothingIsSaid() throws Exception {
        Path place = Files.createDirectories(folder.resolve(".sdkman/candidates/tornadovm"));
        assertThat(find(null))
                .isEqualTo(
                        "missing TornadoVM is not installed\ntodo Install it, for example by 'sdk install"
                                + " tornadovm 5.2.0-jdk25-opencl', or set TORNADOVM_HOME to the folder of its SDK (docs/gpu.md)\n");
        Files.createSymbolicLink(place.resolve("current"), sdk);
        assertThat(find(null)).startsWith("options ");
    }

    @Test
    void aPlaceThatIsNoFolderIsNamed() throws Exception {
        assertThat(find(folder.resolve("nowhere")))
                .startsWith(
                        "missing TORNADOVM_HOME is " + folder.resolve("nowhere") + ", which is not a folder\ntodo Set");
        assertThat(find(sdk.resolve("tornado-argfile"))).contains("which is not a folder");
    }

    @Test
    void aFolderWithoutOptionsIsNoSdk() throws Exception {
        Files.delete(sdk.resolve("tornado-argfile"));
        assertThat(find(sdk)).startsWith("missing there is no tornado-argfile in " + sdk + "\ntodo Set TORNADOVM_HOME");
    }

    @Test
    void anSdkForAnotherJdkIsNotTried() throws Exception {
        executable(jdk.resolve("bin/java"), "echo tried >&2; exit 1");
        Path api = sdk.resolve("share/java/tornado/tornado-api-5.2.0-jdk25-abc.jar");
        Files.move(api, api.resolveSibling("tornado-api-5.2.0-jdk21-abc.jar"));

        assertThat(find(sdk))
                .startsWith("missing TornadoVM in " + sdk + " is for JDK 21, and this is JDK 25 in " + jdk)
                .contains("todo Install TornadoVM for JDK 25")
                .doesNotContain("tried");
    }

    @Test
    void anSdkThatEndsTheJvmIsToldWithTheJvmsReason() throws Exception {
        executable(
                jdk.resolve("bin/java"),
                "echo 'Error occurred during initialization of boot layer' >&2;"
                        + "echo 'java.lang.module.FindException: Module tornado.runtime not found' >&2; exit 1");

        assertThat(find(sdk))
                .startsWith("missing the JDK in " + jdk + " does not start with " + sdk.resolve("tornado-argfile")
                        + ": Error occurred during initialization of boot layer Module tornado.runtime not found\n")
                .contains("todo Install TornadoVM 5.2.0-jdk25 anew");
    }

    @Test
    void aBuildWithoutTheModuleSaysWhereToBuildItAnew() throws Exception {
        String told = run("find_tornado_module || printf '%s | %s' \"$tornado_missing\" \"$tornado_todo\"", sdk);
        assertThat(told).startsWith("this build has no module for accelerators").contains("cli/target/built");

        write(root.resolve("cli/target/lib/alluvium-trainer-tornado-0.1.jar"), "");
        assertThat(run("find_tornado_module && echo found", sdk)).isEqualTo("found\n");
    }

    @ParameterizedTest
    @CsvSource({
        "train, here",
        "train --backend auto, here",
        "train --backend cpu, ''",
        "train --backend=reference, ''",
        "train --set train.backend=cpu, ''",
        "sweep --grid train.seed=1 out, here",
        "doctor, here",
        "up, child",
        "up --backend tornado, child",
        "demo --backend tornado, here",
        "demo --backend auto, child",
        "demo --backend cpu, ''",
        "evaluate --checkpoint run, ''",
        "evaluate --backend tornado, here",
        "generate --backend=auto, here",
        "trace step 5 --row 1 --pos 2, ''",
        "trace step 5 --row 1 --pos 2 --set train.backend=tornado, here",
        "status, ''",
        "help train, ''"
    })
    void theCommandLineSaysWhereAnAcceleratorMayBeOpened(String line, String where) throws Exception {
        assertThat(run("where_accelerated " + line, sdk)).isEqualTo(where);
    }

    /** What {@code find_tornado} answers, in lines. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void handlersOfSignalsAreChainedBeforeWhatIsPreloadedAnyway() throws Exception {
        assertThat(run("LD_PRELOAD=/other.so; chain_signals; echo \"$LD_PRELOAD\"", sdk))
                .endsWith(jdk.resolve("lib/libjsig.so") + " /other.so\n");
    }

    private String find(Path tornadoHome) throws Exception {
        return run(
                "if find_tornado; then echo \"options $tornado_options\";"
                        + " else printf 'missing %s\\ntodo %s\\n' \"$tornado_missing\" \"$tornado_todo\"; fi",
                tornadoHome);
    }

    private String run(String command, Path tornadoHome) throws Exception {
        String script = "set -eu; root=" + root + "; . $root/bin/find-jdk.sh; . $root/bin/tornado.sh; " + command;
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        Map<String, String> environment = shell.environment();
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("HOME", folder.toString());
        environment.remove("TORNADOVM_HOME");
        if (tornadoHome != null) {
            environment.put("TORNADOVM_HOME", tornadoHome.toString());
        }
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
