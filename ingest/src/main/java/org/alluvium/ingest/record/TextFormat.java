package org.alluvium.ingest.record;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plain text, UTF-8: all of it is the text of the document. */
final class TextFormat implements DocumentFormat {

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        return new Reading.DocumentFields(
                Optional.empty(),
                Optional.empty(),
                Utf8.decodeText(content.bytes()),
                OptionalLong.empty(),
                Optional.empty(),
                Map.of());
    }
}
