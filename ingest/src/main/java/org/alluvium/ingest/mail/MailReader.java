package org.alluvium.ingest.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.DateTimeFieldImpl;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.field.UnstructuredFieldImpl;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Reads one message, front to back. */
final class MailReader {

    /** Parts in parts that are looked into; mail does not nest deeper, and what does would exhaust the stack. */
    private static final int MAX_DEPTH = 50;

    private static final String ATTACHMENT = "attachment";
    private static final byte[] SEPARATOR = {'F', 'r', 'o', 'm', ' '};

    private Optional<String> messageId = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private OptionalLong dateMillis = OptionalLong.empty();
    private Optional<String> language = Optional.empty();

    /** Whether a field was seen that only messages have. */
    private boolean isMail;

    private final Deque<Container> containers = new ArrayDeque<>();
    private int messages;

    /** A part that holds parts, and their texts. */
    private record Container(boolean alternatives, List<MailText> texts) {

        /** Of alternatives the plainest that is not blank, otherwise all. */
        MailText text() {
            if (!alternatives) {
                return MailText.joined(texts);
            }
            return texts.stream()
                    .filter(text -> text.isPlain() && !text.isBlank())
                    .findFirst()
                    .orElseGet(() -> texts.stream()
                            .filter(text -> !text.isBlank())
                            .findFirst()
                            .orElse(MailText.NONE));
        }
    }

    MailMessage read(byte[] message) throws NotMailException {
        MimeTokenStream tokens = new MimeTokenStream(MimeConfig.PERMISSIVE, new DefaultBodyDescriptorBuilder(null));
        int start = startsWithSeparator(message) ? lineEnd(message) : 0;
        containers.push(new Container(false, new ArrayList<>()));
        try {
            tokens.parse(new ByteArrayInputStream(message, start, message.length - start));
            for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                take(state, tokens);
            }
        } catch (MimeException | IOException malformed) {
            throw new NotMailException("the message cannot be taken apart: " + malformed.getMessage());
        }
        if (!isMail) {
            throw new NotMailException("the message has none of the fields From, Date, Subject, Message-ID, Received");
        }
        String text = containers.pop().text().text();
        return new MailMessage(messageId, subject, dateMillis, language, text);
    }

    private void take(EntityState state, MimeTokenStream tokens) throws MimeException, IOException, NotMailException {
        switch (state) {
            case T_START_MESSAGE -> messages++;
            case T_END_MESSAGE -> messages--;
            case T_FIELD -> {
                if (messages == 1 && containers.size() == 1) {
                    field(tokens.getField());
                }
            }
            case T_START_MULTIPART -> {
                if (containers.size() == MAX_DEPTH) {
                    throw new NotMailException("the parts of the message are nested deeper than " + MAX_DEPTH);
                }
                boolean alternatives =
                        "alternative".equals(tokens.getBodyDescriptor().getSubType());
                containers.push(new Container(alternatives, new ArrayList<>()));
            }
            case T_END_MULTIPART -> {
                MailText text = containers.pop().text();
                containers.peek().texts().add(text);
            }
            case T_BODY -> body((MaximalBodyDescriptor) tokens.getBodyDescriptor(), tokens);
            default -> {
                // Preambles and epilogues are for readers that know no MIME; raw entities are not asked for.
            }
        }
    }

    private void body(MaximalBodyDescriptor body, MimeTokenStream tokens) throws IOException {
        if ("text".equals(body.getMediaType()) && !ATTACHMENT.equals(body.getContentDispositionType())) {
            byte[] bytes = tokens.getDecodedInputStream().readAllBytes();
            containers.peek().texts().add(MailText.of(body, bytes));
        }
    }

    private void field(Field field) {
        switch (field.getName().toLowerCase(Locale.ROOT)) {
            case "from", "received" -> isMail = true;
            case "message-id" -> {
                isMail = true;
                messageId = Optional.of(field.getBody().strip().replaceAll("^<|>$", ""))
                        .filter(id -> !id.isBlank());
            }
            case "subject" -> {
                isMail = true;
                subject = Optional.ofNullable(UnstructuredFieldImpl.PARSER
                                .parse(field, DecodeMonitor.SILENT)
                                .getValue())
                        .map(value -> value.replaceAll("\\s+", " ").strip())
                        .filter(value -> !value.isEmpty());
            }
            case "date" -> {
                isMail = true;
                dateMillis = date(field);
            }
            case "content-language" ->
                language =
                        Optional.of(field.getBody().split("[,;]", 2)[0].strip()).filter(tag -> !tag.isEmpty());
            default -> {
                // Who wrote to whom, and by which way, is not text.
            }
        }
    }

    /** The strict parser knows the old names of zones, the lenient one all else that mailers write. */
    private static OptionalLong date(Field field) {
        return Stream.of(DateTimeFieldImpl.PARSER, DateTimeFieldLenientImpl.PARSER)
                .map(parser -> parser.parse(field, DecodeMonitor.SILENT).getDate())
                .filter(Objects::nonNull)
                .mapToLong(date -> date.toInstant().toEpochMilli())
                .findFirst();
    }

    private static boolean startsWithSeparator(byte[] message) {
        for (int i = 0; i < SEPARATOR.length; i++) {
            if (i >= message.length || message[i] != SEPARATOR[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lineEnd(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        return Math.min(message.length, end + 1);
    }
}
