package org.alluvium.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.cli.chaos.fleet.Documents;
import org.alluvium.cli.chaos.fleet.Feeder;
import org.alluvium.cli.chaos.fleet.Fleet;
import org.alluvium.cli.chaos.fleet.Member;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Ledger;
import org.alluvium.cli.chaos.proof.Observer;
import org.alluvium.cli.chaos.proof.StepLines;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;

/**
 * Brings a disturbed deployment to rest and holds it to what was promised. Production goes on until what was produced under
 * faults is learned: a window is trained once it is full, so the last documents need others behind them. For one thread.
 */
final class Rest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without any change for so long, nothing more is to be hoped for; what is missing then is named. */
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    private final Fleet fleet;
    private final Observer observer;
    private final Documents documents;
    private final Feeder feeder;
    private final Progress progress;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    Rest(Fleet fleet, Observer observer, Documents documents, Feeder feeder, Progress progress) {
        this.fleet = fleet;
        this.observer = observer;
        this.documents = documents;
        this.feeder = feeder;
        this.progress = progress;
    }

    /** Does it all; ends the fleet's processes. */
    List<Claim> claims() {
        long disturbed = feeder.count();
        progress.say(disturbed + " records are produced; waiting until they are learned");
        settle(disturbed);
        Feeder.Sent sent = feeder.finish();
        Ledger ledger = ledger(sent, disturbed);
        awaitLog((long) ledger.topic().size() + ledger.files().size());
        int stopped = fleet.member(Target.TRAINER).terminate();
        observer.close();

        List<Claim> claims = new ArrayList<>();
        claims.add(interrupted(stopped));
        claims.addAll(ledger.claims(observer));
        progress.say("verifying corpus and checkpoints");
        claims.add(succeeds("the corpus is what its log says", "corpus", "verify"));
        String run = fleet.site().run().root().toString();
        claims.add(succeeds("every checkpoint is what its manifest says", "checkpoint", "verify", "--run", run));
        figures(sent, ledger);
        fleet.close(); // the trainer that is compared with has the machine to itself
        claims.addAll(undisturbed(observer.seen().step()));
        return claims;
    }

    /** What was counted. */
    Map<String, Object> figures() {
        return figures;
    }

    /** Until every record of those numbers is learned, or nothing changes any more. */
    private void settle(long records) {
        Set<String> texts = new HashSet<>();
        Map<String, String> textOf = new HashMap<>();
        for (long number = 0; number < records; number++) {
            Documents.Message record = documents.message(number);
            texts.add(record.text());
            textOf.put(record.id(), record.text());
        }
        Set<String> withdrawn = observer.taken().stream()
                .flatMap(id -> Stream.ofNullable(textOf.get(id)))
                .collect(Collectors.toSet());
        texts.removeAll(withdrawn);
        textOf.values().removeAll(withdrawn);
        long all = texts.size();
        progress.begin("draining");
        for (long before = -1, learned = 0; learned < all && learned > before; ) {
            before = learned;
            long base = learned;
            learned = observer.await(seen -> learned(textOf) > base, STANDSTILL)
                    .map(seen -> learned(textOf))
                    .orElse(base);
            progress.at(learned, all);
        }
    }

    /** Texts among those of the ids that are learned; a copy whose other was produced later may stand for it. */
    private long learned(Map<String, String> textOf) {
        return observer.learned(textOf::containsKey).stream()
                .map(textOf::get)
                .distinct()
                .count();
    }

    private Ledger ledger(Feeder.Sent sent, long disturbed) {
        List<String> topic = new ArrayList<>();
        fleet.forEachMessage(message -> topic.add(id(message)));
        List<String> files = sent.records().stream()
                .filter(Documents.Message::toFile)
                .map(Documents.Message::id)
                .toList();
        Map<String, String> textOf = new HashMap<>();
        sent.records().forEach(record -> textOf.put(record.id(), record.text()));
        List<String> acknowledged = sent.records().stream()
                .filter(record -> !record.toFile() && !sent.unknown().containsKey(record.number()))
                .map(Documents.Message::id)
                .toList();
        Set<String> flushing = sent.records().stream()
                .skip(disturbed)
                .map(Documents.Message::id)
                .collect(Collectors.toSet());
        return new Ledger(topic, files, textOf, acknowledged, observer.taken(), flushing);
    }

    private static String id(String message) {
        try {
            return JSON.readTree(message).get("id").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the topic holds what was not sent: " + message, e);
        }
    }

    private void awaitLog(long records) {
        progress.say("waiting until the log has counted " + records + " records");
        for (long before = -1;
                observer.funnel().read() < records && observer.funnel().read() > before; ) {
            before = observer.funnel().read();
            long base = before;
            observer.await(seen -> observer.funnel().read() > base, STANDSTILL);
        }
    }

    private static Claim interrupted(int code) {
        return new Claim(
                "the trainer, told to stop, stopped in order",
                code == ExitCode.INTERRUPTED.code() || code == 143,
                "exit code " + code,
                List.of());
    }

    private Claim succeeds(String claim, String... command) {
        Member.End end = fleet.run(command);
        return new Claim(
                claim,
                end.code() == 0,
                "'" + String.join(" ", command) + "' ended with " + end.code(),
                end.code() == 0 ? List.of() : List.of(end.words()));
    }

    /** A trainer that reads the same log from its beginning, to the same step, with nobody near it. */
    private List<Claim> undisturbed(long step) {
        progress.say("training " + step + " steps undisturbed on the same log");
        RunLayout other = fleet.site().undisturbed();
        RunLayout run = fleet.site().run();
        Member.End end = fleet.run("train", "--set", "train.run=" + other.root(), "--set", "train.steps=" + step);
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(
                "an undisturbed trainer makes as many steps of the log",
                end.code() == 0,
                step + " steps, exit code " + end.code(),
                end.code() == 0 ? List.of() : List.of(end.words())));
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            claims.add(same(
                    run.checkpoint(step).resolve(file), other.checkpoint(step).resolve(file)));
        }
        claims.add(
                observer.taken().isEmpty()
                        ? same(run.journal(), other.journal())
                        : StepLines.same(run.journal(), other.journal()));
        return claims;
    }

    private static Claim same(Path one, Path other) {
        String claim = one.getFileName() + " is that of the undisturbed run, bit for bit";
        if (!Files.exists(one) || !Files.exists(other)) {
            return new Claim(claim, false, "one of them is not there", List.of(one.toString(), other.toString()));
        }
        try {
            long different = Files.mismatch(one, other);
            String detail = different < 0 ? Files.size(one) + " bytes" : "they differ from byte " + different + " on";
            return new Claim(
                    claim,
                    different < 0,
                    detail,
                    different < 0 ? List.of() : List.of(one.toString(), other.toString()));
        } catch (IOException e) {
            throw StorageException.of("compare with " + other, one, e);
        }
    }

    private void figures(Feeder.Sent sent, Ledger ledger) {
        figures.put("records", sent.records().size());
        figures.put("messages", ledger.topic().size());
        figures.put("recordsInFiles", ledger.files().size());
        figures.put("sentWithoutAcknowledgement", sent.unknown().size());
        figures.put("texts", ledger.textOf().values().stream().distinct().count());
        figures.put("rows", observer.seen().rows());
        figures.put("duplicates", observer.funnel().duplicates());
        figures.put("logEntries", observer.entries().getFirst());
        figures.put("fences", observer.entries().getLast());
        figures.put("takenDown", observer.taken().size());
        figures.put("steps", observer.seen().step());
    }
}
