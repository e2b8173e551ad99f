package org.alluvium.images.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code images/build.sh} in a checkout of its own, with a Docker that only tells what it was asked. */
class BuildScriptTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private Path checkout;
    private Path archive;

    private record Outcome(int code, String said, String asked) {}

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = folder.resolve("checkout");
        for (Image image : Image.values()) {
            Path copy = checkout.resolve("images").resolve(image.title()).resolve("Dockerfile");
            Files.createDirectories(copy.getParent());
            Files.copy(image.folder().resolve("Dockerfile"), copy);
        }
        Files.copy(Image.MODULE.resolve("build.sh"), checkout.resolve("images/build.sh"));
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        executable(checkout.resolve("images/target/alluvium/bin/alluvium"), "exit 0");
        executable(folder.resolve("bin/docker"), """
                case "$*" in
                  *imagetools*) echo "$ANSWER" ;;
                  *) printf '%s\\n' "$@" > "$ASKED" ;;
                esac
                """);
        executable(folder.resolve("bin/git"), """
                case "$*" in
                  *remote*) echo https://me:password@example.org/alluvium.git ;;
                  *rev-parse*) echo 0a1b2c ;;
                  *log*) echo 1700000000 ;;
                esac
                """);
        archive = folder.resolve("tornadovm.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("tornadovm-cuda/tornado-argfile.template"));
        }
    }

    @Test
    void nothingIsBuiltOnABaseWhoseDigestIsNotKnown() throws Exception {
        Outcome outcome = run(DIGEST, "build", "dashboard");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.said()).contains("_DIGEST is not in images/digests.env: run images/build.sh pin");
        assertThat(outcome.asked()).isEmpty();
    }

    @Test
    void theDigestOfEveryBaseIsLookedUpAndNothingElseIsTakenForOne() throws Exception {
        assertThat(run("no such image", "pin").code()).isEqualTo(69);
        assertThat(checkout.resolve("images/digests.env")).doesNotExist();

        assertThat(run(DIGEST, "pin").code()).isZero();

        String digests = Files.readString(checkout.resolve("images/digests.env"));
        for (Image image : Image.values()) {
            assertThat(image.dockerfile().bases()).allSatisfy(base -> {
                String[] parts = base.base().split("@", 2);
                String variable = parts[1].substring("${".length(), parts[1].length() - 1);
                assertThat(digests).contains("# " + parts[0] + "\n" + variable + "=" + DIGEST + "\n");
            });
        }
    }

    @Test
    void anImageIsBuiltFromTheDistributionWithItsDigestsAndWhereItComesFrom() throws Exception {
        run(DIGEST, "pin");

        Outcome outcome = run(DIGEST, "build", "dashboard", "--push");

        assertThat(outcome.code()).as(outcome.said()).isZero();
        assertThat(outcome.asked().lines())
                .startsWith("buildx", "build")
                .contains(
                        "JDK_DIGEST=" + DIGEST,
                        "UBUNTU_DIGEST=" + DIGEST,
                        "alluvium/dashboard:1.2.3",
                        "SOURCE=https://example.org/alluvium.git",
                        "REVISION=0a1b2c",
                        "VERSION=1.2.3",
                        "CREATED=2023-11-14T22:13:20Z",
                        "--push")
                .endsWith(checkout.resolve("images/target/alluvium").toString());
        Image.DASHBOARD
                .dockerfile()
                .all("ARG")
                .forEach(argument -> assertThat(outcome.asked()).contains("\n" + argument.text() + "="));
    }

    @Test
    void theSdkOfTornadoVmIsTheOneThatWasTakenIn() throws Exception {
        run(DIGEST, "pin");
        assertThat(run(DIGEST, "build", "trainer").said()).contains("set TORNADOVM_ARCHIVE");
        assertThat(run(DIGEST, Map.of("TORNADOVM_ARCHIVE", archive.toString()), "build", "trainer")
                        .code())
                .isEqualTo(65);

        run(DIGEST, Map.of("TORNADOVM_ARCHIVE", archive.toString()), "pin");
        assertThat(Files.readString(checkout.resolve("images/digests.env")))
                .contains("# tornadovm.zip\nTORNADOVM_SHA256=" + sha256(archive) + "\n");
        Outcome outcome = run(DIGEST, Map.of("TORNADOVM_ARCHIVE", archive.toString()), "build", "trainer");

        assertThat(outcome.code()).as(outcome.said()).isZero();
        assertThat(outcome.asked()).contains("tornadovm=" + checkout.resolve("images/target/tornadovm/tornadovm-cuda"));
    }

    @Test
    void whatItTakesIsSaid() throws Exception {
        assertThat(run(DIGEST).said()).contains("images/build.sh pin", "images/build.sh build IMAGE");
        assertThat(run(DIGEST, "build", "nonsense"))
                .isEqualTo(new Outcome(64, "images/build.sh: there is no image nonsense\n", ""));
    }

    private Outcome run(String answer, String... arguments) throws Exception {
        return run(answer, Map.of(), arguments);
    }

    private Outcome run(String answer, Map<String, String> environment, String... arguments) throws Exception {
        Path asked = folder.resolve("asked");
        Files.deleteIfExists(asked);
        ProcessBuilder script = new ProcessBuilder("sh", "images/build.sh")
                .directory(checkout.toFile())
                .redirectErrorStream(true);
        script.command().addAll(List.of(arguments));
        script.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        script.environment().put("ANSWER", answer);
        script.environment().put("ASKED", asked.toString());
        script.environment().putAll(environment);
        Process process = script.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said, Files.exists(asked) ? Files.readString(asked) : "");
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static void executable(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
