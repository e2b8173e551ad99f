package org.alluvium.contracts.tls;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server, from files that are looked at again and again: certificates are renewed every few weeks, and the
 * server runs on. New connections see the new certificate, those that are open go on with the old one. Files that are no good, or
 * not a pair, change nothing, and are told. As two files are not replaced in one moment, a change counts once two looks in a row have
 * found the same. Thread-safe.
 */
public final class ServedTls implements AutoCloseable {

    /** TLS 1.3 (RFC 8446) and 1.2 (RFC 5246); RFC 8996 forbids all before. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Logger LOG = LoggerFactory.getLogger(ServedTls.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final TlsConfig files;
    private final String group;
    private final Notices notices;
    private final InstantSource clock;
    private final RenewableKey key;
    private final SSLContext context;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "certificate");
        thread.setDaemon(true);
        return thread;
    });

    // Of the thread that looks.
    private Found before;
    private Found taken;
    private String saidOfTime = "";

    /** Is told what happens to a certificate; by a thread of its own, but for what is wrong from the start. */
    public interface Notices {

        /** New connections see another certificate. */
        void renewed(String message);

        /** Somebody has to do something, soon. */
        void warned(String message);
    }

    /** Tells a log. */
    public static Notices logged(Logger log) {
        return new Notices() {
            @Override
            public void renewed(String message) {
                log.info("{}", message);
            }

            @Override
            public void warned(String message) {
                log.warn("{}", message);
            }
        };
    }

    /**
     * What is to be said of a server that other machines reach, asks for a token and has no certificate.
     *
     * @param group of the configuration that would give it one, such as {@code gateway.tls}
     */
    public static String inTheClear(String group) {
        return "its token travels in the clear unless something in front does TLS; " + group
                + " gives it a certificate";
    }

    /** What a look has found: an identity, or why there is none. */
    private record Found(Optional<ServerIdentity> identity, String problem) {}

    private ServedTls(TlsConfig files, String group, Notices notices, InstantSource clock, ServerIdentity first) {
        this.files = files;
        this.group = group;
        this.notices = notices;
        this.clock = clock;
        key = new RenewableKey(first);
        context = context(key);
        before = new Found(Optional.of(first), "");
        taken = before;
    }

    /**
     * Reads the files, and keeps looking. A certificate out of its time is served with a warning, since clients may have their reasons
     * to take it, and a process that does not start helps nobody.
     *
     * @param group of the configuration that names the files, such as {@code gateway.tls}
     * @throws AlluviumException if they are not a certificate and its key; the message names the key of the configuration
     */
    public static ServedTls open(TlsConfig files, String group, Notices notices) {
        return open(files, group, notices, WallClock.ofThisProcess(), LOOK);
    }

    /** The same at a time and pace of the caller's choice. */
    public static ServedTls open(
            TlsConfig files, String group, Notices notices, InstantSource clock, Duration betweenLooks) {
        ServedTls tls = new ServedTls(files, group, notices, clock, ServerIdentity.read(files, group));
        tls.sayIfOutOfTime();
        tls.keepLooking(betweenLooks);
        return tls;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor
    private void keepLooking(Duration between) {
        looks.scheduleWithFixedDelay(this::look, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static SSLContext context(RenewableKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    /** Looks at the files once. For one thread at a time. */
    void look() {
        try {
            Found found = find();
            if (found.equals(before) && !found.equals(taken)) {
                taken = found;
                take(found);
            }
            before = found;
            sayIfOutOfTime();
        } catch (RuntimeException e) {
            LOG.error("{} could not be looked at", group, e); // or the executor would never look again
        }
    }

    private Found find() {
        try {
            return new Found(Optional.of(ServerIdentity.read(files, group)), "");
        } catch (AlluviumException e) {
            return new Found(Optional.empty(), e.getMessage());
        }
    }

    private void take(Found found) {
        if (found.identity().isEmpty()) {
            notices.warned("The certificate before is still served: " + found.problem());
            return;
        }
        ServerIdentity identity = found.identity().get();
        if (!identity.equals(key.identity())) {
            key.renew(identity);
            notices.renewed(
                    "The certificate in " + files.certificateFile() + " is served now, until " + identity.notAfter());
        }
    }

    private void sayIfOutOfTime() {
        String problem = key.identity().refusedAt(clock.instant()).orElse("");
        if (!problem.isEmpty() && !problem.equals(saidOfTime)) {
            notices.warned(
                    "The certificate in " + files.certificateFile() + " (" + group + ".certificateFile) " + problem
                            + "; it is still served, and clients refuse it. Put a renewed one there: it is taken without a restart");
        }
        saidOfTime = problem;
    }

    /** For servers; connections that it makes must be limited to {@link #PROTOCOLS}. */
    public SSLContext context() {
        return context;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
